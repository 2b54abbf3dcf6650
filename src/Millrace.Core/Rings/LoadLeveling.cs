using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>
/// Proposes an assignment for measured load: hot layers swap places with cold ones, so every shard keeps the number of
/// layers that balance asks for, while the load evens out.
/// </summary>
public static class LoadLeveling
{
    /// <summary>Swaps layers between the hottest shard and others while that helps, the best swap first.</summary>
    /// <param name="current">The assignment in force.</param>
    /// <param name="shards">The shards and their weights.</param>
    /// <param name="layerLoads">The measured load of every layer, by layer.</param>
    /// <param name="mostSwaps">Each swap moves two layers; fewer swaps keep more rows where they are.</param>
    /// <exception cref="ArgumentException">A shard without weight holds layers, or a layer's load is missing.</exception>
    public static Assignment Propose(
        Assignment current, IReadOnlyList<ShardWeight> shards, IReadOnlyList<double> layerLoads, int mostSwaps)
    {
        RingLoad.RequireWeights(current, shards, layerLoads.Count);
        var weights = shards.Where(s => s.Weight > 0).ToDictionary(s => s.Shard, s => (double)s.Weight);
        var shardOfLayer = current.ShardOfLayer.ToArray();
        var heat = weights.Keys.ToDictionary(shard => shard, _ => 0.0);
        for (var layer = 0; layer < shardOfLayer.Length; layer++)
            heat[shardOfLayer[layer]] += layerLoads[layer] / weights[shardOfLayer[layer]];

        for (var swaps = 0; swaps < mostSwaps && BestSwap(shardOfLayer, layerLoads, weights, heat) is (var a, var b); swaps++)
        {
            var (hot, cold) = (shardOfLayer[a], shardOfLayer[b]);
            heat[hot] += (layerLoads[b] - layerLoads[a]) / weights[hot];
            heat[cold] += (layerLoads[a] - layerLoads[b]) / weights[cold];
            (shardOfLayer[a], shardOfLayer[b]) = (cold, hot);
        }

        return new Assignment(shardOfLayer);
    }

    /// <summary>The swap with a layer of the hottest shard that leaves the cooler pair; null when none cools it.</summary>
    private static (int Hot, int Cold)? BestSwap(
        int[] shardOfLayer, IReadOnlyList<double> loads, Dictionary<int, double> weights, Dictionary<int, double> heat)
    {
        var hottest = heat.MaxBy(h => (h.Value, -h.Key)).Key;
        (int, int)? best = null;
        var coolest = heat[hottest];
        for (var a = 0; a < shardOfLayer.Length; a++)
        {
            if (shardOfLayer[a] != hottest)
                continue;
            for (var b = 0; b < shardOfLayer.Length; b++)
            {
                var other = shardOfLayer[b];
                var gain = loads[a] - loads[b];
                if (other == hottest || gain <= 0)
                    continue;
                var after = Math.Max(heat[hottest] - (gain / weights[hottest]), heat[other] + (gain / weights[other]));
                // Only a real improvement counts, so that rounding cannot make two layers swap for ever.
                if (after < coolest - (1e-9 * coolest))
                    (coolest, best) = (after, (a, b));
            }
        }

        return best;
    }
}
