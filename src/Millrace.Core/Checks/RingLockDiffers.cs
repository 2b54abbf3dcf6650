using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Rings;
using Millrace.HashRing;

namespace Millrace.Core.Checks;

/// <summary>A lock file belongs to its ring, has its layers, and uses shards that the cluster has.</summary>
public static class RingLockDiffers
{
    public const string Code = "MR503";

    /// <summary>A shard of the cluster that gets no rows, because the ring does not know it.</summary>
    public const string Idle = "MR504";

    /// <summary>Also for a fleet whose nodes were found by discovery, after the declaration itself was checked.</summary>
    public static IEnumerable<Finding> Run(Project project) => project.Fleet.Rings
        .Where(ring => ring.Lock is not null)
        .SelectMany(ring => OfFile(project, ring, ring.Lock!).Concat(OfShards(project, ring, ring.Lock!)));

    private static IEnumerable<Finding> OfFile(Project project, Ring ring, RingLock held)
    {
        var at = project.Sources.Find($"fleet.rings.{ring.Name}");
        if (held.Ring != ring.Name)
            yield return Finding.Error(
                Code, $"{ring.LockFile} is the lock file of the ring `{held.Ring}`, not of `{ring.Name}`", at, "name the right file with `lock`");
        if (held.Layers.Count != ring.Layers)
            yield return Finding.Error(
                Code,
                $"the ring `{ring.Name}` has {held.Layers.Count} layers by its lock file, declared are {ring.Layers}: another number would move nearly every key",
                at,
                $"layers: {held.Layers.Count}; or declare a new ring for new tables");
    }

    private static IEnumerable<Finding> OfShards(Project project, Ring ring, RingLock held)
    {
        if (project.Fleet.FindCluster(ring.Cluster) is not { } cluster || Ring.ShardsOf(project.Fleet, cluster) is not { IsEmpty: false } shards)
            yield break;
        var at = project.Sources.Find($"fleet.rings.{ring.Name}");
        if (RingExpression.Unreachable(held.Current.Assignment, shards) is { Count: > 0 } missing)
            yield return Finding.Error(
                Code,
                $"the ring `{ring.Name}` gives layers to shard {string.Join(", ", missing)}, which the cluster `{cluster.Name}` does not have",
                at,
                $"declare its nodes, or take its layers away first: millrace ring apply {ring.Name} --remove-shard {missing[0]}");
        foreach (var (shard, _) in shards.Where(shard => held.Current.Shards.All(known => known.Shard != shard.Shard)))
            yield return Finding.Warning(
                Idle,
                $"shard {shard} of the cluster `{cluster.Name}` is not in the ring `{ring.Name}`: no new rows go there",
                at,
                $"millrace ring plan {ring.Name} --add-shard {shard}");
    }
}
