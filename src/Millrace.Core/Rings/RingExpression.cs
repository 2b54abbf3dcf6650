using System.Collections.Immutable;
using System.Globalization;
using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>
/// The sharding expression of a writable Distributed table: key -> hash -> layer -> shard, evaluated by ClickHouse.
/// Deterministic, so that a server can also use it to skip shards; written as the server itself would print it, so that
/// what is observed compares equal to what was declared.
/// </summary>
public static class RingExpression
{
    /// <summary>The layer of a row: <c>sipHash64(customer_id, event_type) % 32</c>.</summary>
    /// <param name="key">SQL expressions over the table's columns, in the ring's order; column names already quoted.</param>
    /// <param name="layers">The ring's layers.</param>
    /// <param name="nullable">
    /// True when a key expression can be NULL. A server refuses a Nullable sharding expression; inside a tuple a NULL
    /// has a hash like any value, and every other value keeps the hash it has outside.
    /// </param>
    public static string Layer(IReadOnlyList<string> key, VirtualLayers layers, bool nullable = false)
    {
        if (key.Count == 0)
            throw new ArgumentException("A ring needs at least one key expression.", nameof(key));
        var values = string.Join(", ", key);
        return $"sipHash64({(nullable ? $"tuple({values})" : values)}) % {layers.Count}";
    }

    /// <summary>The whole expression: <c>[0, 1, 1, 0][(sipHash64(customer_id, event_type) % 4) + 1]</c>.</summary>
    /// <param name="key">SQL expressions over the table's columns, in the ring's order; column names already quoted.</param>
    /// <param name="assignment">Which shard holds which layer.</param>
    /// <param name="cluster">
    /// The shards of the <c>remote_servers</c> entry with their weights, in its order, as <c>system.clusters</c> shows them.
    /// </param>
    /// <param name="nullable">True when a key expression can be NULL.</param>
    /// <exception cref="ArgumentException">The assignment uses shards that the cluster cannot write to.</exception>
    public static string Compile(
        IReadOnlyList<string> key, Assignment assignment, IReadOnlyList<ShardWeight> cluster, bool nullable = false)
    {
        var missing = Unreachable(assignment, cluster);
        if (missing.Count > 0)
            throw new ArgumentException(
                $"The ring uses shard {string.Join(", ", missing)}, which the cluster does not have or gives weight 0.",
                nameof(cluster));
        var slots = FirstSlots(cluster);
        var values = string.Join(", ", assignment.ShardOfLayer.Select(shard => slots[shard]));
        return $"[{values}][({Layer(key, assignment.Layers, nullable)}) + 1]";
    }

    /// <summary>The shards, ascending, that hold layers but that rows cannot be written to through this cluster.</summary>
    public static IReadOnlyList<int> Unreachable(Assignment assignment, IReadOnlyList<ShardWeight> cluster)
    {
        var slots = FirstSlots(cluster);
        return [.. assignment.Counts().Keys.Where(shard => !slots.ContainsKey(shard)).Order()];
    }

    /// <summary>The value of every layer in an engine clause with such an expression; null when it has none.</summary>
    public static ImmutableArray<int>? Values(string engineFull)
    {
        var end = engineFull.IndexOf("][(sipHash64(", StringComparison.Ordinal);
        var start = end < 0 ? -1 : engineFull.LastIndexOf('[', end);
        return start < 0 ? null : [.. engineFull[(start + 1)..end].Split(", ").Select(value => int.Parse(value, CultureInfo.InvariantCulture))];
    }

    /// <summary>
    /// A value that selects each shard. A Distributed table takes the expression modulo the total weight and gives the
    /// shards, in order, as many consecutive values as their weights: the first of them is the sum of the weights before.
    /// </summary>
    private static Dictionary<int, int> FirstSlots(IReadOnlyList<ShardWeight> cluster)
    {
        var slots = new Dictionary<int, int>();
        var next = 0;
        foreach (var (shard, weight) in cluster)
        {
            if (weight > 0)
                slots.Add(shard, next);
            next += weight;
        }

        return slots;
    }
}
