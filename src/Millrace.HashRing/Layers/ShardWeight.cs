namespace Millrace.HashRing;

/// <summary>A shard and its share of the layers.</summary>
/// <param name="Shard">The shard's number in the fleet; it stays the shard's name for good.</param>
/// <param name="Weight">Its share relative to the other shards; 0 means that it shall hold no layers.</param>
public sealed record ShardWeight(int Shard, int Weight = 1);
