using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A cluster that a table names must be declared in the fleet.</summary>
internal static class UnknownCluster
{
    public const string Code = "MR103";

    public static IEnumerable<Finding> Run(Project project)
    {
        var clusters = project.Fleet.Clusters.Select(c => c.Name).ToArray();
        foreach (var pipeline in project.Pipelines)
            foreach (var (key, name) in new[] { ("into", pipeline.Table?.Cluster), ("errors", pipeline.Branch is null ? pipeline.Errors.Cluster : null) })
                if (name is not null && project.Fleet.FindCluster(name) is null)
                    yield return Finding.Error(
                        Code,
                        $"`{key}` of `{pipeline.Name}` is on the cluster `{name}`, which the fleet does not have",
                        project.Sources.Find($"{pipeline.Path}.{key}.cluster"),
                        KnownNames.Fix(name, clusters, "under `clusters` in the fleet"));
    }
}
