using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Rings;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The sharding expression of a sink's Distributed tables: the user's own, or what the ring compiles to.</summary>
public sealed class ShardingKey(Fleet fleet, Pipeline pipeline)
{
    private readonly TableSink sink = pipeline.Table ?? throw new InvalidOperationException($"{pipeline.Name} fills no table");

    /// <summary>The expression that decides which shard a row is written to; null for a table that is not sharded.</summary>
    /// <exception cref="InvalidOperationException">The ring has no lock file, or uses shards that the cluster lacks; checks come first.</exception>
    public string? ForWriting(Cluster cluster) => sink.Ring is { } placed
        ? ForEpoch(cluster, LockOf(placed).Current)
            ?? throw new InvalidOperationException($"the ring {placed.Ring} uses shards that the cluster lacks; checks come first")
        : sink.ShardBy;

    /// <summary>What a ring's expression was in an epoch; null without a ring, and when the cluster lacks a shard by now.</summary>
    public string? ForEpoch(Cluster cluster, HashRing.RingEpoch epoch)
    {
        var shards = Ring.ShardsOf(fleet, cluster);
        return sink.Ring is { } placed && RingExpression.Unreachable(epoch.Assignment, shards).Count == 0
            ? RingExpression.Compile(Names(placed), epoch.Assignment, shards, CanBeNull(placed))
            : null;
    }

    /// <summary>
    /// The expression of the tables that people query. A server skips shards by it when a profile allows that, so a ring's
    /// tables have one only while every stored row lies where it says.
    /// </summary>
    public string? ForReading(Cluster cluster) =>
        sink.Ring is { } placed && !LockOf(placed).PruningIsTrue ? null : ForWriting(cluster);

    /// <summary>The expression for a row's layer, from 0; only for tables on a ring.</summary>
    public string Layer(RingPlacement placed) => RingExpression.Layer(Names(placed), LockOf(placed).Layers, CanBeNull(placed));

    /// <summary>The columns of a ring's key with their types, in the key's order.</summary>
    public ImmutableArray<ColumnDefinition> Columns(RingPlacement placed) =>
        FindColumns(placed.Key) ?? throw new InvalidOperationException($"{sink.Table} lacks columns of its key; checks come first");

    /// <summary>Columns of the table by their names, with their types; null when one of them is missing.</summary>
    public ImmutableArray<ColumnDefinition>? FindColumns(IReadOnlyList<string> names)
    {
        var columns = new RowLayout(pipeline).WritableColumns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return names.All(columns.ContainsKey) ? [.. names.Select(name => columns[name])] : null;
    }

    private HashRing.RingLock LockOf(RingPlacement placed) =>
        fleet.FindRing(placed.Ring)?.Lock
        ?? throw new InvalidOperationException($"the ring {placed.Ring} has no lock file; checks come first");

    private static ImmutableArray<string> Names(RingPlacement placed) => [.. placed.Key.Select(Quote.Name)];

    private bool CanBeNull(RingPlacement placed) => Columns(placed).Any(column => TypeText.CanBeNull(column.Type));
}
