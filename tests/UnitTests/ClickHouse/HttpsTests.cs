using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;
using Millrace.Testing;
using Xunit;

namespace Millrace.UnitTests.ClickHouse;

public sealed class HttpsTests : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset To = DateTimeOffset.UtcNow.AddDays(1);

    private readonly HttpNodeConnector _connector = new();
    private readonly X509Certificate2 _authority = NewAuthority();
    private readonly string _caFile = Path.GetTempFileName();

    public void Dispose()
    {
        _connector.Dispose();
        _authority.Dispose();
        File.Delete(_caFile);
    }

    [Fact]
    public async Task A_node_signed_by_the_fleets_own_authority_is_trusted()
    {
        await using var server = NewServer(address: IPAddress.Loopback);
        await File.WriteAllTextAsync(_caFile, _authority.ExportCertificatePem(), Cancel);

        var answer = await Open(server, _caFile).QueryAsync("SELECT 1", cancel: Cancel);

        Assert.Equal("[1]\n"u8.ToArray(), answer);
    }

    [Fact]
    public async Task Without_the_authority_the_node_is_not_trusted()
    {
        await using var server = NewServer(address: IPAddress.Loopback);

        await AssertNotTrustedAsync(server, caFile: null);
    }

    [Fact]
    public async Task Another_authority_is_not_enough()
    {
        await using var server = NewServer(address: IPAddress.Loopback);
        using var other = NewAuthority();
        await File.WriteAllTextAsync(_caFile, other.ExportCertificatePem(), Cancel);

        await AssertNotTrustedAsync(server, _caFile);
    }

    [Fact]
    public async Task The_certificate_of_another_host_is_not_accepted()
    {
        await using var server = NewServer(address: IPAddress.Parse("10.1.2.3"));
        await File.WriteAllTextAsync(_caFile, _authority.ExportCertificatePem(), Cancel);

        await AssertNotTrustedAsync(server, _caFile);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task AssertNotTrustedAsync(ScriptedServer server, string? caFile)
    {
        var error = await Assert.ThrowsAsync<NodeUnreachableException>(
            () => Open(server, caFile).QueryAsync("SELECT 1", cancel: Cancel));
        Assert.Contains("TLS failed", error.Message);
        Assert.False(error.MayHaveRun);
        Assert.Empty(server.Requests);
    }

    private INodeConnection Open(ScriptedServer server, string? caFile) =>
        _connector.Connect(server.Address, new ConnectOptions { CaFile = caFile });

    private ScriptedServer NewServer(IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_authority, From, To, [1, 2, 3]);
        return new ScriptedServer(_ => ScriptedAnswer.Rows("[1]\n"), signed.CopyWithPrivateKey(key));
    }

    private static X509Certificate2 NewAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=test authority {Guid.NewGuid()}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(From.AddDays(-1), To.AddDays(1));
    }
}
