using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Millrace.IntegrationTests.Layers;

/// <summary>The first words of ClickHouse's native protocol: the client says who it is, the server who it is.</summary>
internal static class NativeHello
{
    private const int Revision = 54_448;

    /// <returns>The name that the server gives itself.</returns>
    public static async Task<string> OverTlsAsync(int port, SslClientAuthenticationOptions options, string user, string password, CancellationToken cancel)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, cancel);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(options, cancel);
        using var hello = new MemoryStream();
        await using (var words = new BinaryWriter(hello, Encoding.UTF8, leaveOpen: true))
        {
            words.Write7BitEncodedInt(0); // Hello. ClickHouse's variable-length numbers are .NET's.
            words.Write("a test");
            words.Write7BitEncodedInt(24);
            words.Write7BitEncodedInt(1);
            words.Write7BitEncodedInt(Revision);
            words.Write("default");
            words.Write(user);
            words.Write(password);
        }

        await tls.WriteAsync(hello.ToArray(), cancel);
        await tls.FlushAsync(cancel);
        var answer = new byte[256];
        var read = await tls.ReadAtLeastAsync(answer, 2, throwOnEndOfStream: true, cancel);
        using var reader = new BinaryReader(new MemoryStream(answer, 0, read), Encoding.UTF8);
        var kind = reader.Read7BitEncodedInt();
        return kind == 0 ? reader.ReadString() : throw new InvalidOperationException($"the server answers with {kind}: {Encoding.UTF8.GetString(answer, 0, read)}");
    }
}
