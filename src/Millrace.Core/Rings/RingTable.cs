using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>A table that a ring places, with all that belongs to it.</summary>
public sealed record RingTable(Pipeline Pipeline, Ring Ring, RingLock Lock, Cluster Cluster, ShardingKey Sharding)
{
    /// <summary>Every such table of a project whose ring has begun.</summary>
    public static IEnumerable<RingTable> All(Project project)
    {
        foreach (var pipeline in project.Pipelines)
            if (pipeline.Table?.Ring is { } placed
                && project.Fleet.FindRing(placed.Ring) is { Lock: { } held } ring
                && project.Fleet.FindCluster(ring.Cluster) is { } cluster)
                yield return new RingTable(pipeline, ring, held, cluster, new ShardingKey(project.Fleet, pipeline));
    }
}
