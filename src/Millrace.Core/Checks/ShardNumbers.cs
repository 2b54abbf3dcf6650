using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Nodes of a cluster over shards each say which shard they hold, and the numbers have no gaps.</summary>
internal static class ShardNumbers
{
    public const string Code = "MR117";

    public static IEnumerable<Finding> Run(Project project)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cluster in project.Fleet.Clusters.Where(c => !c.SingleShard))
        {
            var nodes = project.Fleet.Nodes.Where(cluster.Contains).ToArray();
            foreach (var node in nodes.Where(n => n.Shard == 0 && said.Add(n.Name)))
                yield return Finding.Error(
                    Code,
                    $"the node `{node.Name}` is in the cluster `{cluster.Name}`, which is sharded, but has no shard number",
                    project.Sources.Find($"fleet.nodes.{node.Name}"),
                    "shard: 1");
            var numbers = nodes.Select(n => n.Shard).Where(s => s > 0).ToHashSet();
            var missing = Enumerable.Range(1, Math.Max(0, numbers.Count)).FirstOrDefault(s => !numbers.Contains(s));
            if (missing > 0 && cluster.Nodes.IsEmpty)
                yield return Finding.Warning(
                    Code,
                    $"the shards of the cluster `{cluster.Name}` are numbered up to {numbers.Max()}, but no node has shard {missing}",
                    project.Sources.Find($"fleet.clusters.{cluster.Name}"),
                    "number the shards 1, 2, 3, ... as `remote_servers` does");
        }
    }
}
