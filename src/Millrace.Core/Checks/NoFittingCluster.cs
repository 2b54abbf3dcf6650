using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Where a sink names no cluster, exactly one of the fleet must fit.</summary>
internal static class NoFittingCluster
{
    public const string Code = "MR113";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var pipeline in project.Pipelines.Where(p => p.Into is { Cluster: null, Ring: null }))
        {
            var sharded = pipeline.Into.IsSharded;
            var fitting = ClusterChoice.Fitting(project.Fleet, sharded);
            if (fitting.Length == 1)
                continue;
            var kind = sharded ? "sharded" : "not sharded";
            var (message, fix) = fitting.IsEmpty
                ? ($"the table `{pipeline.Into.Table}` is {kind}, and the fleet has no cluster for such tables",
                    sharded
                        ? "declare a cluster without `single_shard`, or `shard_by: none`"
                        : "declare a cluster with `single_shard: true`, or give the table a `shard_by`")
                : ($"the table `{pipeline.Into.Table}` is {kind}, and {fitting.Length} clusters fit",
                    $"choose one with `cluster`: {string.Join(", ", fitting.Select(c => c.Name))}");
            yield return Finding.Error(Code, message, project.Sources.Find($"pipelines.{pipeline.Name}.into"), fix);
        }
    }
}
