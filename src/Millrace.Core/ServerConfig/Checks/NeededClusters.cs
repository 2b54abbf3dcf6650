using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.ServerConfig.Checks;

/// <summary>A Distributed table finds its shards in remote_servers of the node it is on.</summary>
internal static class NeededClusters
{
    public const string Code = "MR282";

    public static IEnumerable<Finding> Check(Project project, ObservedNode node)
    {
        // With discovery the declaration does not say which hosts a cluster has.
        if (project.Fleet.Discovery is not null)
            yield break;
        var declared = FleetNodeConfig.For(project.Fleet, node.Node).Clusters;
        foreach (var name in ClusterUse.Of(project, node.Node.Role))
            if (declared.FirstOrDefault(c => c.Name == name) is { } wanted && Problem(wanted, node) is { } problem)
                yield return Finding.Error(Code, problem, project.Sources.Find($"fleet.clusters.{name}"), "correct `remote_servers` on the node; no restart is needed")
                    .On(node.Node.Name) with { Detail = Snippet.Config(new NodeConfig { Clusters = [wanted] }) };
    }

    private static string? Problem(RemoteCluster wanted, ObservedNode node)
    {
        var found = node.Clusters.Where(member => member.Cluster == wanted.Name).ToList();
        if (found.Count == 0)
            return $"the node does not know the cluster `{wanted.Name}`";
        var (shards, replicas) = (found.Select(m => m.Shard).Distinct().Count(), found.Count);
        var wantedReplicas = wanted.Shards.Sum(s => s.Replicas.Length);
        return (shards, replicas) == (wanted.Shards.Length, wantedReplicas)
            ? null
            : $"the cluster `{wanted.Name}` has {Size(shards, replicas)} on the node, declared are {Size(wanted.Shards.Length, wantedReplicas)}";
    }

    /// <summary>Hosts are only counted: a node may know them by other names than the operator does.</summary>
    private static string Size(int shards, int replicas) => $"{Counted.Of(shards, "shard")} with {Counted.Of(replicas, "replica")}";
}
