using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A cluster must have nodes, or its tables exist nowhere.</summary>
internal static class ClusterWithoutNodes
{
    public const string Code = "MR108";

    public static IEnumerable<Finding> Run(Project project) =>
        project.Fleet.Discovery is not null
            ? []
            : project.Fleet.Clusters
                // A role without nodes, or nodes that do not exist, have findings of their own.
                .Where(cluster => cluster.Nodes.IsEmpty && project.Fleet.FindRole(cluster.Role) is not null)
                .Where(cluster => !project.Fleet.Nodes.Any(cluster.Contains))
                .Select(cluster => Finding.Error(
                    Code,
                    $"the cluster `{cluster.Name}` has no nodes: its role `{cluster.Role}` has none",
                    project.Sources.Find($"fleet.clusters.{cluster.Name}"),
                    $"give a node `role: {cluster.Role}`, or remove the cluster"));
}
