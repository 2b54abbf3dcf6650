using System.Collections.Immutable;

namespace Millrace.HashRing;

/// <summary>
/// What balance means for V layers over weighted shards: each shard holds V x weight / total weight, rounded down or up.
/// </summary>
internal sealed class Quotas
{
    private const int MostWeight = 1_000_000;

    private readonly ImmutableArray<ShardWeight> _shards;
    private readonly Dictionary<int, int> _index;
    private readonly long _layers;
    private readonly long _totalWeight;

    /// <exception cref="ArgumentException">No shard has weight, a number repeats, or a number or weight is out of range.</exception>
    public Quotas(VirtualLayers layers, IEnumerable<ShardWeight> shards)
    {
        _layers = layers.Count;
        _shards = [.. shards];
        _index = [];
        if (FindFault(_shards) is { } fault)
            throw new ArgumentException(fault, nameof(shards));
        for (var i = 0; i < _shards.Length; i++)
            _index.Add(_shards[i].Shard, i);
        _totalWeight = _shards.Sum(s => (long)s.Weight);
    }

    public ImmutableArray<ShardWeight> Shards => _shards;

    public long TotalWeight => _totalWeight;

    /// <summary>What is wrong with a list of shards, in one sentence; null when nothing is.</summary>
    public static string? FindFault(ImmutableArray<ShardWeight> shards)
    {
        var seen = new HashSet<int>();
        foreach (var (shard, weight) in shards)
        {
            if (shard < 1)
                return $"Shard {shard}: shards are numbered from 1.";
            if (weight is < 0 or > MostWeight)
                return $"Shard {shard}: weight {weight} is not within 0 to {MostWeight}.";
            if (!seen.Add(shard))
                return $"Shard {shard} is listed twice.";
        }

        return shards.Any(s => s.Weight > 0)
            ? null
            : "No shard has a weight above 0: there is nowhere to put the layers.";
    }

    /// <summary>The fewest layers that the i-th shard holds in a balanced assignment.</summary>
    public int Floor(int i) => (int)(_layers * _shards[i].Weight / _totalWeight);

    /// <summary>The most layers that the i-th shard holds in a balanced assignment.</summary>
    public int Ceiling(int i) => Floor(i) + (Remainder(i) > 0 ? 1 : 0);

    /// <summary>How many layers each shard holds, by position; shards that are not listed are left out.</summary>
    public int[] Count(Assignment assignment)
    {
        var counts = new int[_shards.Length];
        for (var layer = 0; layer < _layers; layer++)
            if (_index.TryGetValue(assignment.ShardOfLayer[layer], out var i))
                counts[i]++;
        return counts;
    }

    /// <summary>The position of a shard in the list; -1 when it is not listed.</summary>
    public int IndexOf(int shard) => _index.GetValueOrDefault(shard, -1);

    /// <summary>
    /// How many layers each shard shall hold, so that the fewest layers move. The layers left after rounding down go, one
    /// each, first to shards that would otherwise have to give one away; that is what saves moves. Among equals the
    /// largest remainder comes first, then the order of the list.
    /// </summary>
    public int[] Targets(int[] held)
    {
        var targets = Enumerable.Range(0, _shards.Length).Select(Floor).ToArray();
        var spare = (int)(_layers - targets.Sum());
        var byClaim = Enumerable.Range(0, _shards.Length)
            .Where(i => Remainder(i) > 0)
            .OrderByDescending(i => held[i] > targets[i])
            .ThenByDescending(Remainder);
        foreach (var i in byClaim.Take(spare))
            targets[i]++;
        return targets;
    }

    private long Remainder(int i) => _layers * _shards[i].Weight % _totalWeight;
}
