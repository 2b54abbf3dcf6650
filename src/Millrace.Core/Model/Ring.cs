using System.Collections.Immutable;
using Millrace.HashRing;

namespace Millrace.Core.Model;

/// <summary>A consistent hash ring over the shards of a cluster; see <c>docs/rings.md</c>.</summary>
public sealed record Ring
{
    public required string Name { get; init; }

    /// <summary>The cluster over whose shards rows are spread.</summary>
    public required string Cluster { get; init; }

    /// <summary>The number of virtual layers; it never changes in the life of a ring.</summary>
    public int Layers { get; init; } = VirtualLayers.Default;

    /// <summary>Path of the lock file, relative to the project folder.</summary>
    public required string LockFile { get; init; }

    /// <summary>What the lock file says; null when there is none yet.</summary>
    public RingLock? Lock { get; init; }

    /// <summary>Where the lock file of a ring is when its declaration does not say.</summary>
    public static string DefaultLockFile(string name) => $"rings/{name}.lock.json";

    /// <summary>The shards of a cluster as its entry of <c>remote_servers</c> has them: in order, each of weight 1.</summary>
    public static ImmutableArray<ShardWeight> ShardsOf(Fleet fleet, Cluster cluster) =>
        [.. fleet.Nodes.Where(node => cluster.Contains(node) && node.Shard > 0).Select(node => node.Shard).Distinct().Order().Select(shard => new ShardWeight(shard))];
}
