using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A table's ring must be declared in the fleet, over a cluster with shards, and its key must be columns of the stream.</summary>
internal static class UnknownRing
{
    public const string Code = "MR500";

    public static IEnumerable<Finding> Run(Project project) =>
        project.Fleet.Rings.SelectMany(ring => OfRing(project, ring))
            .Concat(project.Tables.Where(stored => stored.Table.Ring is not null).SelectMany(stored => OfTable(project, stored.Pipeline, stored.Table)));

    private static IEnumerable<Finding> OfRing(Project project, Ring ring)
    {
        var sharded = project.Fleet.Clusters.Where(cluster => !cluster.SingleShard).Select(cluster => cluster.Name).ToArray();
        if (!sharded.Contains(ring.Cluster))
            yield return Finding.Error(
                Code,
                $"the ring `{ring.Name}` is over `{ring.Cluster}`, which is no cluster with shards",
                project.Sources.Find($"fleet.rings.{ring.Name}.cluster"),
                KnownNames.Fix(ring.Cluster, sharded, "under `clusters` in the fleet"));
    }

    private static IEnumerable<Finding> OfTable(Project project, Pipeline pipeline, TableSink sink)
    {
        var (placed, path) = (sink.Ring!, $"{pipeline.Path}.into");
        if (project.Fleet.FindRing(placed.Ring) is not { } ring)
            yield return Finding.Error(
                Code,
                $"the table `{sink.Table}` is placed by the ring `{placed.Ring}`, which the fleet does not have",
                project.Sources.Find($"{path}.shard_by.ring"),
                KnownNames.Fix(placed.Ring, [.. project.Fleet.Rings.Select(r => r.Name)], "under `rings` in the fleet"));
        else if (sink.Cluster is { } cluster && cluster != ring.Cluster)
            yield return Finding.Error(
                Code,
                $"the table `{sink.Table}` is on the cluster `{cluster}`, but its ring `{ring.Name}` is over `{ring.Cluster}`",
                project.Sources.Find($"{path}.cluster"),
                "leave `cluster` out: the ring has one");
        var columns = StreamColumns.Of(pipeline).Select(column => column.Name).Except(sink.Omit).ToArray();
        for (var i = 0; i < placed.Key.Length; i++)
            if (!columns.Contains(placed.Key[i]))
                yield return Finding.Error(
                    Code,
                    $"the ring's key of `{sink.Table}` has `{placed.Key[i]}`, which is not a stored column of the stream",
                    project.Sources.Find($"{path}.shard_by.key[{i}]"),
                    KnownNames.Fix(placed.Key[i], columns, "under `columns` or `select`"));
    }
}
