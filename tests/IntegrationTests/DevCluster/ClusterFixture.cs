using Millrace.DevCluster;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.DevCluster;

/// <summary>One cluster for the tests of a class: two storage shards, two ingestion nodes, a query node, a broker.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    public EmbeddedCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await EmbeddedCluster.UpAsync(
        DevClusterSpec.Default with { Topics = [new TopicSpec("numbers", 4)] }, folder.Path);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        folder.Dispose();
    }
}
