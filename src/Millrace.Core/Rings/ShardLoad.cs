namespace Millrace.Core.Rings;

/// <summary>What one shard has to carry.</summary>
/// <param name="Shard">The shard's number.</param>
/// <param name="Load">The sum of the loads of its keys, in the unit of the sample.</param>
/// <param name="OverFairShare">The load divided by the share that the shard's weight entitles it to; 1 is fair.</param>
public sealed record ShardLoad(int Shard, double Load, double OverFairShare);
