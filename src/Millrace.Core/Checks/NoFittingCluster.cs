using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Where a sink names no cluster, exactly one of the fleet must fit.</summary>
internal static class NoFittingCluster
{
    public const string Code = "MR113";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var (pipeline, table) in project.Tables.Where(stored => stored.Table is { Cluster: null, Ring: null }))
        {
            var sharded = table.IsSharded;
            var fitting = ClusterChoice.Fitting(project.Fleet, sharded);
            if (fitting.Length == 1)
                continue;
            var kind = sharded ? "sharded" : "not sharded";
            var (message, fix) = fitting.IsEmpty
                ? ($"the table `{table.Table}` is {kind}, and the fleet has no cluster for such tables",
                    sharded
                        ? "declare a cluster without `single_shard`, or `shard_by: none`"
                        : "declare a cluster with `single_shard: true`, or give the table a `shard_by`")
                : ($"the table `{table.Table}` is {kind}, and {fitting.Length} clusters fit",
                    $"choose one with `cluster`: {string.Join(", ", fitting.Select(c => c.Name))}");
            yield return Finding.Error(Code, message, project.Sources.Find($"{pipeline.Path}.into"), fix);
        }

        foreach (var pipeline in project.Pipelines)
            if (pipeline is { Branch: null, Table: null, Errors.Cluster: null } && ClusterChoice.Of(project.Fleet, pipeline.Errors, pipeline.Into) is null)
                yield return Finding.Error(
                    Code,
                    $"the error table `{pipeline.Errors.Table}` has no cluster: `{pipeline.Name}` writes to no table whose cluster it could share",
                    project.Sources.Find($"{pipeline.Path}.errors"),
                    $"choose one with `cluster`: {string.Join(", ", project.Fleet.Clusters.Select(cluster => cluster.Name))}");
    }
}
