using System.Collections.Immutable;
using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>What a user wants of a ring: shards that come, go or change weight, or layers that move by hand.</summary>
public sealed record RingChange
{
    public ImmutableArray<int> Add { get; init; } = [];

    public ImmutableArray<int> Remove { get; init; } = [];

    /// <summary>Weights of shards, new ones and old ones.</summary>
    public ImmutableArray<ShardWeight> Weights { get; init; } = [];

    /// <summary>Layers, each with the shard that shall hold it; they move after all else.</summary>
    public ImmutableArray<(int Layer, int Shard)> Moves { get; init; } = [];

    public bool IsEmpty => Add.IsEmpty && Remove.IsEmpty && Weights.IsEmpty && Moves.IsEmpty;

    /// <summary>What the ring becomes by it, or why it cannot.</summary>
    public (RingProposal? Proposal, string? Fault) On(RingLock held)
    {
        var shards = held.Current.Shards.ToList();
        foreach (var shard in Add)
        {
            if (shards.Any(known => known.Shard == shard))
                return (null, $"shard {shard} is in the ring already");
            shards.Add(new ShardWeight(shard, 1));
        }

        foreach (var shard in Remove)
            if (shards.RemoveAll(known => known.Shard == shard) == 0)
                return (null, $"shard {shard} is not in the ring, which has {Listed(shards)}");
        foreach (var wanted in Weights)
        {
            var index = shards.FindIndex(known => known.Shard == wanted.Shard);
            if (index < 0)
                return (null, $"shard {wanted.Shard} is not in the ring, which has {Listed(shards)}");
            shards[index] = wanted;
        }

        return Place(held, [.. shards]);
    }

    private (RingProposal? Proposal, string? Fault) Place(RingLock held, ImmutableArray<ShardWeight> shards)
    {
        if (shards.All(shard => shard.Weight == 0))
            return (null, "no shard would have a weight: there is nowhere to put the layers");
        var current = held.Current.Assignment;
        // Layers that were placed by hand stay where they are as long as the shards do.
        var assignment = shards.SequenceEqual(held.Current.Shards) ? current : Rebalance.Next(current, shards);
        var shardOfLayer = assignment.ShardOfLayer.ToArray();
        foreach (var (layer, shard) in Moves)
        {
            if (layer < 0 || layer >= shardOfLayer.Length)
                return (null, $"there is no layer {layer}: they are numbered 0 to {shardOfLayer.Length - 1}");
            if (!shards.Any(known => known.Shard == shard && known.Weight > 0))
                return (null, $"layer {layer} cannot go to shard {shard}, which has no weight in the ring");
            shardOfLayer[layer] = shard;
        }

        var next = new Assignment(shardOfLayer);
        return (new RingProposal(shards, next, current.MovesTo(next), Rebalance.FewestMoves(current, shards)), null);
    }

    private static string Listed(IEnumerable<ShardWeight> shards) => string.Join(", ", shards.Select(shard => shard.Shard));
}
