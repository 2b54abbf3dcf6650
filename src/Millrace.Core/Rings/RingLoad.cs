using System.Collections.Immutable;
using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>How a workload spreads over a ring: the answer of <c>ring simulate</c>.</summary>
public sealed record RingLoad
{
    /// <summary>How many of the heaviest keys are kept.</summary>
    public const int HottestKeys = 10;

    /// <summary>The sum of all loads.</summary>
    public required double Total { get; init; }

    /// <summary>The load of every layer, by layer.</summary>
    public required ImmutableArray<double> Layers { get; init; }

    /// <summary>The load of every shard that has a weight, in the order of the list.</summary>
    public required ImmutableArray<ShardLoad> Shards { get; init; }

    /// <summary>The heaviest keys, heaviest first: no ring can split a key, so the first one bounds what is possible.</summary>
    public required ImmutableArray<KeyLoad> Hottest { get; init; }

    /// <summary>The hottest shard's load over its fair share: 1 is perfect, N means one shard of N carries everything.</summary>
    public double MaxOverMean => Shards.Max(s => s.OverFairShare);

    /// <summary>The load over its fair share that 99% of the shards stay at or below.</summary>
    public double P99OverMean =>
        Shards.Select(s => s.OverFairShare).Order().ElementAt((int)Math.Ceiling(0.99 * Shards.Length) - 1);

    /// <summary>Every layer's load relative to the mean of 1: the layer weights that the measured load suggests.</summary>
    public ImmutableArray<double> LayerWeights => [.. Layers.Select(load => Total > 0 ? load * Layers.Length / Total : 1)];

    /// <summary>Adds up a workload, each distinct key once.</summary>
    /// <exception cref="ArgumentException">A shard without weight holds layers.</exception>
    public static RingLoad Of(Assignment assignment, IReadOnlyList<ShardWeight> shards, IEnumerable<KeyLoad> keys)
    {
        var layers = new double[assignment.Layers.Count];
        var hottest = new PriorityQueue<KeyLoad, double>();
        foreach (var key in keys)
        {
            layers[assignment.Layers.LayerOf(key.Hash)] += key.Load;
            hottest.Enqueue(key, key.Load);
            if (hottest.Count > HottestKeys)
                hottest.Dequeue();
        }

        return Of(assignment, shards, layers, [.. hottest.UnorderedItems.Select(item => item.Element)]);
    }

    /// <summary>A workload that was added up elsewhere, such as by a server.</summary>
    /// <param name="layers">The load of every layer, by layer.</param>
    /// <param name="hottest">The heaviest keys, in any order.</param>
    public static RingLoad Of(
        Assignment assignment, IReadOnlyList<ShardWeight> shards, IReadOnlyList<double> layers, IReadOnlyCollection<KeyLoad> hottest) => new()
    {
        Total = layers.Sum(),
        Layers = [.. layers],
        Shards = ByShard(assignment, shards, layers),
        Hottest = [.. hottest.OrderByDescending(key => key.Load).Take(HottestKeys)],
    };

    /// <summary>
    /// How many shards a flush of so many random rows touches on average: each of them gets a part of its own, so this,
    /// times the partitions touched, is the number of parts that one insert makes.
    /// </summary>
    public double PartsPerFlush(int rows) => Total > 0 ? Shards.Sum(s => 1 - Math.Pow(1 - (s.Load / Total), rows)) : 0;

    /// <summary>The same workload on another assignment of the same layers.</summary>
    public RingLoad On(Assignment assignment, IReadOnlyList<ShardWeight> shards) =>
        this with { Shards = ByShard(assignment, shards, Layers) };

    /// <summary>Load on a shard without weight has no fair share to be compared with, and would go missing silently.</summary>
    internal static void RequireWeights(Assignment assignment, IReadOnlyList<ShardWeight> shards, int layers)
    {
        if (assignment.Layers.Count != layers)
            throw new ArgumentException($"Loads of {layers} layers do not fit a ring of {assignment.Layers.Count}.", nameof(layers));
        foreach (var shard in assignment.Counts().Keys)
            if (!shards.Any(s => s.Shard == shard && s.Weight > 0))
                throw new ArgumentException($"Shard {shard} holds layers but has no weight.", nameof(shards));
    }

    private static ImmutableArray<ShardLoad> ByShard(
        Assignment assignment, IReadOnlyList<ShardWeight> shards, IReadOnlyList<double> layers)
    {
        RequireWeights(assignment, shards, layers.Count);
        var loads = new Dictionary<int, double>();
        foreach (var (shard, load) in assignment.ShardOfLayer.Zip(layers))
            loads[shard] = loads.GetValueOrDefault(shard) + load;
        var perWeight = layers.Sum() / shards.Sum(s => s.Weight);
        return
        [
            .. shards.Where(s => s.Weight > 0).Select(s =>
            {
                var load = loads.GetValueOrDefault(s.Shard);
                return new ShardLoad(s.Shard, load, perWeight > 0 ? load / (perWeight * s.Weight) : 0);
            }),
        ];
    }
}
