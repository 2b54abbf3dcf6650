using System.Collections.Immutable;
using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>What a ring would become by a change.</summary>
/// <param name="Moves">The layers that change their shard; rows written from then on go to the new one.</param>
/// <param name="FewestMoves">The fewest that any balanced assignment to these shards must move.</param>
public sealed record RingProposal(
    ImmutableArray<ShardWeight> Shards, Assignment Assignment, ImmutableArray<LayerMove> Moves, int FewestMoves)
{
    /// <summary>The part of the keys that get another shard, 0 to 1.</summary>
    public double KeysMoved => (double)Moves.Length / Assignment.Layers.Count;

    /// <summary>The ring with this as its next epoch.</summary>
    public RingLock Next(RingLock held, DateTimeOffset at, string by, string why) => held.Next(Shards, Assignment, at, by, why);
}
