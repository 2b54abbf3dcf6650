using System.Collections.Immutable;
using Millrace.ClickHouse.Http;
using Millrace.DevCluster.Lab;
using Millrace.Testing.Truth;
using Millrace.UnitTests;
using Xunit;

namespace Millrace.IntegrationTests.Breaking;

/// <summary>All cases of <c>tests/truth</c>, and one server for them.</summary>
public sealed class TruthFixture : IAsyncLifetime
{
    private readonly HttpNodeConnector _connector = new();
    private TruthLab? _lab;

    public static ImmutableArray<TruthCase> Cases { get; } = TruthCase.All(Repository.PathOf("tests", "truth"));

    public TruthLab Lab => _lab!;

    public async ValueTask InitializeAsync() =>
        _lab = await TruthLab.StartAsync(new EmbeddedLabHost(_connector), Cases, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null)
            await _lab.DisposeAsync();
        _connector.Dispose();
    }
}
