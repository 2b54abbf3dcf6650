using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A sharded table needs a cluster over shards, and a table that is not sharded one of a single shard.</summary>
internal static class ClusterDoesNotFit
{
    public const string Code = "MR114";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var (pipeline, table) in project.Tables)
        {
            var sharded = table.IsSharded;
            if (table.Cluster is not { } name || project.Fleet.FindCluster(name) is not { } cluster || cluster.SingleShard != sharded)
                continue;
            var message = sharded
                ? $"the table `{table.Table}` has a sharding key, but the cluster `{name}` is a single shard"
                : $"the table `{table.Table}` has no sharding key, but the cluster `{name}` has shards to choose from";
            var fitting = ClusterChoice.Fitting(project.Fleet, sharded).Select(c => c.Name).ToArray();
            var other = sharded ? "`shard_by: none`" : "a `shard_by`";
            var fix = fitting.Length == 0 ? $"give the table {other}" : $"give the table {other}, or a cluster that fits: {string.Join(", ", fitting)}";
            yield return Finding.Error(
                Code, message, project.Sources.Find($"{pipeline.Path}.into.cluster"), fix);
        }
    }
}
