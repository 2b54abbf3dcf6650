using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Xunit;

namespace Millrace.UnitTests.Core.ServerConfig;

public sealed class FleetNodeConfigTests
{
    private static readonly Fleet Fleet = new()
    {
        Roles = [new("data", RoleKind.Storage), new("events", RoleKind.Ingestion), new("idle", RoleKind.Ingestion)],
        Clusters =
        [
            new() { Name = "data", Role = "data", Replicated = true },
            new() { Name = "data_single", Role = "data", SingleShard = true, Nodes = ["data-1"] },
        ],
        Nodes =
        [
            new("data-1", "data", new Uri("http://a:8123"), "a:9000", 1, "left"),
            new("data-2", "data", new Uri("http://b:8123"), "b:9000", 1, "right"),
            new("data-3", "data", new Uri("http://c:8123"), "c:9000", 2),
            new("events-1", "events", new Uri("http://d:8123"), "[::1]:9000"),
        ],
        Brokers =
        [
            new("msk", "msk_collection", "kafka:9092", ImmutableSortedDictionary<string, string>.Empty.Add("session.timeout.ms", "6000")),
            new("elsewhere", "configured_by_hand"),
        ],
    };

    [Fact]
    public void Replicas_of_one_shard_stand_together()
    {
        var data = Cluster("data");
        Assert.Equal([2, 1], data.Shards.Select(s => s.Replicas.Length));
        Assert.Equal([new HostPort("a", 9000), new HostPort("b", 9000)], data.Shards[0].Replicas);
    }

    [Fact]
    public void Replicated_clusters_write_to_one_replica_only()
    {
        Assert.All(Cluster("data").Shards, s => Assert.True(s.InternalReplication));
        Assert.All(Cluster("data_single").Shards, s => Assert.False(s.InternalReplication));
    }

    [Fact]
    public void A_single_shard_cluster_has_only_its_own_nodes() =>
        Assert.Equal([new HostPort("a", 9000)], Assert.Single(Cluster("data_single").Shards).Replicas);

    [Fact]
    public void A_stateless_role_with_nodes_is_a_cluster_and_one_without_is_not() =>
        Assert.Equal(["data", "data_single", "events"], For("data-1").Clusters.Select(c => c.Name));

    [Fact]
    public void Macros_name_role_replica_and_for_storage_the_shard()
    {
        Assert.Equal("hostClusterRole=data replica=left shard=1", Macros("data-1"));
        Assert.Equal("hostClusterRole=events replica=events-1", Macros("events-1"));
    }

    [Fact]
    public void A_broker_without_an_address_is_left_to_the_nodes() =>
        Assert.Equal("msk_collection", Assert.Single(For("data-1").Collections).Name);

    private static NodeConfig For(string node) => FleetNodeConfig.For(Fleet, Fleet.Nodes.Single(n => n.Name == node));

    private static RemoteCluster Cluster(string name) => For("events-1").Clusters.Single(c => c.Name == name);

    private static string Macros(string node) => string.Join(' ', For(node).Macros.Select(m => $"{m.Key}={m.Value}"));
}
