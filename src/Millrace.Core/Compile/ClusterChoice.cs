using Millrace.Core.Model;

namespace Millrace.Core.Compile;

/// <summary>Which entry of <c>remote_servers</c> a table lives on when the declaration does not say.</summary>
public static class ClusterChoice
{
    /// <summary>The named cluster, or the fleet's only one that fits; null when there is none or more than one.</summary>
    /// <param name="sharded">Whether the table is spread over shards.</param>
    public static Cluster? For(Fleet fleet, string? name, bool sharded)
    {
        if (name is not null)
            return fleet.FindCluster(name);
        var fitting = fleet.Clusters.Where(cluster => cluster.SingleShard != sharded).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }
}
