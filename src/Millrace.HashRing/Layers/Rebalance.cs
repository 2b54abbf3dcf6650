namespace Millrace.HashRing;

/// <summary>
/// Assigns layers to weighted shards so that every shard holds its share of the layers, rounded down or up, and so that
/// a change moves no layer more than it must. Pure: the same input gives the same assignment everywhere.
/// </summary>
public static class Rebalance
{
    /// <summary>
    /// The first assignment. When the total weight divides the number of layers it places every row exactly where a
    /// Distributed table with the sharding key <c>sipHash64(key)</c> already put it, so a ring can be laid over an
    /// existing table without misplacing a row.
    /// </summary>
    /// <param name="layers">The ring's layers.</param>
    /// <param name="shards">The shards in the cluster's order.</param>
    /// <exception cref="ArgumentException">No shard has weight, a number repeats, or a number or weight is out of range.</exception>
    public static Assignment First(VirtualLayers layers, IEnumerable<ShardWeight> shards)
    {
        var quotas = new Quotas(layers, shards);
        if (layers.Count % quotas.TotalWeight == 0)
        {
            var slots = quotas.Shards.SelectMany(s => Enumerable.Repeat(s.Shard, s.Weight)).ToArray();
            return new Assignment(Enumerable.Range(0, layers.Count).Select(layer => slots[layer % slots.Length]));
        }

        var shardOfLayer = new int[layers.Count];
        Fill(shardOfLayer, Enumerable.Range(0, layers.Count), quotas, quotas.Targets(new int[quotas.Shards.Length]));
        return new Assignment(shardOfLayer);
    }

    /// <summary>
    /// The assignment after shards came, went or changed weight: balanced again, with <see cref="FewestMoves"/> moves.
    /// </summary>
    /// <param name="current">The assignment in force.</param>
    /// <param name="shards">All shards after the change; a shard that is not listed gives up its layers.</param>
    /// <exception cref="ArgumentException">No shard has weight, a number repeats, or a number or weight is out of range.</exception>
    public static Assignment Next(Assignment current, IEnumerable<ShardWeight> shards)
    {
        var quotas = new Quotas(current.Layers, shards);
        var room = quotas.Targets(quotas.Count(current));
        var shardOfLayer = current.ShardOfLayer.ToArray();
        var leaving = new List<int>();
        for (var layer = 0; layer < shardOfLayer.Length; layer++)
        {
            var holder = quotas.IndexOf(shardOfLayer[layer]);
            if (holder >= 0 && room[holder] > 0)
                room[holder]--;
            else
                leaving.Add(layer);
        }

        Fill(shardOfLayer, leaving, quotas, room);
        return new Assignment(shardOfLayer);
    }

    /// <summary>True when every shard holds its share of the layers, rounded down or up, and no other shard holds any.</summary>
    public static bool IsBalanced(Assignment assignment, IEnumerable<ShardWeight> shards)
    {
        var quotas = new Quotas(assignment.Layers, shards);
        var counts = quotas.Count(assignment);
        return counts.Sum() == assignment.Layers.Count
            && Enumerable.Range(0, counts.Length).All(i => counts[i] >= quotas.Floor(i) && counts[i] <= quotas.Ceiling(i));
    }

    /// <summary>
    /// The fewest layers that any balanced assignment to <paramref name="shards"/> must move: what stands above the
    /// rounded-up shares has to leave, what lacks to the rounded-down shares has to arrive, and one move can do both.
    /// </summary>
    public static int FewestMoves(Assignment current, IEnumerable<ShardWeight> shards)
    {
        var quotas = new Quotas(current.Layers, shards);
        var counts = quotas.Count(current);
        var mustLeave = current.Layers.Count - counts.Sum();
        var mustArrive = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            mustLeave += Math.Max(0, counts[i] - quotas.Ceiling(i));
            mustArrive += Math.Max(0, quotas.Floor(i) - counts[i]);
        }

        return Math.Max(mustLeave, mustArrive);
    }

    /// <summary>Gives each layer to the shard with the most room left; the first of the list among equals.</summary>
    private static void Fill(int[] shardOfLayer, IEnumerable<int> layers, Quotas quotas, int[] room)
    {
        foreach (var layer in layers)
        {
            var roomiest = 0;
            for (var i = 1; i < room.Length; i++)
                if (room[i] > room[roomiest])
                    roomiest = i;
            room[roomiest]--;
            shardOfLayer[layer] = quotas.Shards[roomiest].Shard;
        }
    }
}
