using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.ServerConfig;

namespace Millrace.Bench.Planning;

/// <summary>What the nodes of a simulated fleet know: how each is configured, and what statements do.</summary>
public sealed record SimulatedWorld(ImmutableArray<SimulatedWorld.Configuration> Nodes, ImmutableArray<ScriptedStatement> Statements)
{
    /// <summary>Nodes configured as the project wants them, in its order, and that know no statement yet.</summary>
    public static SimulatedWorld For(Project project) => new(
        [.. project.Fleet.Nodes.Select(node => FleetNodeConfig.For(project.Fleet, node)).Select(config => new Configuration(
            config.Macros, [.. config.Clusters.SelectMany(Members)]))],
        []);

    private static IEnumerable<ClusterMember> Members(RemoteCluster cluster) =>
        from shard in cluster.Shards.Index()
        from replica in shard.Item.Replicas.Index()
        select new ClusterMember(
            cluster.Name, shard.Index + 1, replica.Index + 1, replica.Item.Host, replica.Item.Host, replica.Item.Port);

    /// <summary>One node's macros, and <c>remote_servers</c> as it sees them.</summary>
    public sealed record Configuration(ImmutableSortedDictionary<string, string> Macros, ImmutableArray<ClusterMember> Clusters);
}
