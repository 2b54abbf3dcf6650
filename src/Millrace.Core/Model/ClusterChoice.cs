using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>Which cluster of the fleet holds a table, where the user leaves it open.</summary>
public static class ClusterChoice
{
    /// <summary>The clusters that can hold a table: over shards when it is sharded, of one shard when it is not.</summary>
    public static ImmutableArray<Cluster> Fitting(Fleet fleet, bool sharded) =>
        [.. fleet.Clusters.Where(c => c.SingleShard != sharded)];

    /// <summary>
    /// The cluster of a sink: its ring's, the one it names, else the fleet's only fitting one; null when there is no such,
    /// or the sink is no table.
    /// </summary>
    public static Cluster? Of(Fleet fleet, Sink sink) =>
        sink is TableSink table ? Of(fleet, table) : null;

    private static Cluster? Of(Fleet fleet, TableSink sink) =>
        sink.Ring is { } placed ? fleet.FindRing(placed.Ring) is { } ring ? fleet.FindCluster(ring.Cluster) : null
        : sink.Cluster is { } name ? fleet.FindCluster(name)
        : Only(Fitting(fleet, sink.IsSharded));

    /// <summary>The cluster of an error table: the one it names, else the fleet's only single-shard one, else the sink's.</summary>
    public static Cluster? Of(Fleet fleet, ErrorSink errors, Sink sink) =>
        errors.Cluster is { } name ? fleet.FindCluster(name) : Only(Fitting(fleet, sharded: false)) ?? Of(fleet, sink);

    private static Cluster? Only(ImmutableArray<Cluster> clusters) => clusters.Length == 1 ? clusters[0] : null;
}
