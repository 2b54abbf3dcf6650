using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.ServerConfig.Checks;

/// <summary>Replicated tables take their Keeper path from the macros shard and replica.</summary>
internal static class ReplicaMacros
{
    public const string Code = "MR281";

    private static readonly string[] Needed = ["shard", "replica"];

    public static IEnumerable<Finding> Check(Project project, ObservedNode node)
    {
        var clusters = project.Fleet.Clusters.Where(c => c.Replicated && c.Contains(node.Node)).ToList();
        var missing = Needed
            .Where(macro => clusters.Any(c => macro == "replica" || c is { SingleShard: false } && c.ReplicaPath.Contains("{shard}", StringComparison.Ordinal)))
            .Where(macro => !node.Macros.ContainsKey(macro)).ToList();
        if (missing.Count == 0)
            yield break;
        var wanted = FleetNodeConfig.For(project.Fleet, node.Node).Macros.Where(m => missing.Contains(m.Key));
        yield return Finding.Error(
            Code,
            $"the node has no macro {string.Join(" and ", missing.Select(m => $"`{m}`"))}, which replicated tables of `{clusters[0].Name}` need",
            fix: "add the macros on the node and restart it")
            .On(node.Node.Name) with { Detail = Snippet.Config(new NodeConfig { Macros = wanted.ToImmutableSortedDictionary() }) };
    }
}
