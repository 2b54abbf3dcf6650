using Millrace.DevCluster;
using Xunit;

namespace Millrace.IntegrationTests.Apply;

/// <summary>Two storage nodes with a ZooKeeper, for the tests of a class.</summary>
public sealed class KeeperFixture : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private ZooKeeper? keeper;
    private EmbeddedCluster? cluster;

    public EmbeddedCluster Cluster => cluster!;

    public async ValueTask InitializeAsync()
    {
        keeper = await ZooKeeper.StartAsync(folder, CancellationToken.None);
        var spec = Streams.Spec(storage: 2, ingestion: 0) with { Brokers = [], Keeper = keeper.Address };
        cluster = await EmbeddedCluster.UpAsync(spec, folder.File("cluster"));
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        if (keeper is not null)
            await keeper.DisposeAsync();
        folder.Dispose();
    }
}
