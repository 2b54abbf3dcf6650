using Millrace.HashRing;

namespace Millrace.Bench.Ring;

/// <summary>The classic consistent hash ring: 160 points a shard, a key belongs to the next point on the circle.</summary>
public sealed class PointRing
{
    private const int PointsPerShard = 160;

    private readonly ulong[] points;
    private readonly int[] shardOfPoint;

    public PointRing(int shards)
    {
        var all =
            from shard in Enumerable.Range(1, shards)
            from point in Enumerable.Range(0, PointsPerShard)
            select (At: RingKey.Of.Int32(shard).Int32(point).Hash, Shard: shard);
        var sorted = all.OrderBy(point => point.At).ToArray();
        points = [.. sorted.Select(point => point.At)];
        shardOfPoint = [.. sorted.Select(point => point.Shard)];
    }

    public int ShardOf(ulong hash)
    {
        var at = Array.BinarySearch(points, hash);
        var next = at >= 0 ? at : ~at;
        return shardOfPoint[next == points.Length ? 0 : next];
    }
}
