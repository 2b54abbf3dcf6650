using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>The nodes that a cluster names must exist and have the cluster's role.</summary>
internal static class UnknownNode
{
    public const string Code = "MR105";

    public static IEnumerable<Finding> Run(Project project)
    {
        if (project.Fleet.Discovery is not null)
            yield break;
        foreach (var cluster in project.Fleet.Clusters)
        {
            var candidates = project.Fleet.NodesOf(cluster.Role).Select(n => n.Name).ToArray();
            for (var i = 0; i < cluster.Nodes.Length; i++)
            {
                var name = cluster.Nodes[i];
                if (candidates.Contains(name))
                    continue;
                var why = project.Fleet.Nodes.FirstOrDefault(n => n.Name == name) is { } node
                    ? $"which has the role `{node.Role}`, not `{cluster.Role}`"
                    : "which the fleet does not have";
                yield return Finding.Error(
                    Code,
                    $"the cluster `{cluster.Name}` names the node `{name}`, {why}",
                    project.Sources.Find($"fleet.clusters.{cluster.Name}.nodes[{i}]"),
                    KnownNames.Fix(name, candidates, $"under `nodes` with the role `{cluster.Role}`"));
            }
        }
    }
}
