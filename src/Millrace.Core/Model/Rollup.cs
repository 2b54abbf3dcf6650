using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>
/// An incremental materialized view on storage and its target table. It runs on each shard over that shard's rows, so
/// nothing crosses the network when rows arrive.
/// </summary>
public sealed record Rollup
{
    public required string Name { get; init; }

    /// <summary>What it reads: the table of a pipeline, or another rollup by its name.</summary>
    public required string From { get; init; }

    /// <summary>Only source rows for which this expression holds; null takes all.</summary>
    public string? Where { get; init; }

    /// <summary>The key: one row per value of it. Empty when <see cref="Columns"/> copies row by row.</summary>
    public ImmutableArray<RollupColumn> GroupBy { get; init; } = [];

    /// <summary>Aggregate functions as people write them (<c>uniq(user_id)</c>), or columns of the rollup that is read.</summary>
    public ImmutableArray<RollupColumn> Aggregates { get; init; } = [];

    /// <summary>Columns of a rollup without a key: each source row gives one row.</summary>
    public ImmutableArray<RollupColumn> Columns { get; init; } = [];

    public required RollupTarget Into { get; init; }

    /// <summary>Query roles that read it; empty means all of them.</summary>
    public ImmutableArray<string> ReadOn { get; init; } = [];

    /// <summary>Its columns with the types that an engine gave them; empty until it was asked.</summary>
    public ImmutableArray<Column> Types { get; init; } = [];

    /// <summary>Every column, in the order of the target table.</summary>
    public IEnumerable<RollupColumn> AllColumns => GroupBy.Concat(Aggregates).Concat(Columns);
}
