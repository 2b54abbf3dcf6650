using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Nodes of one shard must replicate, or each holds different rows and a query sees those of one of them.</summary>
internal static class UnreplicatedCopies
{
    public const string Code = "MR115";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var cluster in project.Fleet.Clusters.Where(c => !c.Replicated))
        {
            var nodes = project.Fleet.Nodes.Where(cluster.Contains).ToArray();
            var shards = cluster.SingleShard ? [nodes] : nodes.Where(n => n.Shard > 0).GroupBy(n => n.Shard).Select(g => g.ToArray());
            foreach (var shard in shards.Where(s => s.Length > 1))
            {
                var which = cluster.SingleShard ? "its one shard" : $"its shard {shard[0].Shard}";
                var fix = cluster.SingleShard
                    ? $"replicated: true, or one node only: nodes: [{shard[0].Name}]"
                    : "replicated: true, or a shard number of its own for each node";
                yield return Finding.Error(
                    Code,
                    $"the cluster `{cluster.Name}` is not replicated, but {which} has {shard.Length} nodes ({string.Join(", ", shard.Take(4).Select(n => n.Name))}): each would hold other rows",
                    project.Sources.Find($"fleet.clusters.{cluster.Name}"),
                    fix);
            }
        }
    }
}
