using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>The table on storage that a rollup fills; rollups that name the same one fill it together.</summary>
public sealed record RollupTarget
{
    /// <summary>The name people query: a view that merges states into values.</summary>
    public required string Table { get; init; }

    /// <summary>MergeTree family engine without "Replicated", with its arguments.</summary>
    public string Engine { get; init; } = "AggregatingMergeTree";

    public string? PartitionBy { get; init; }

    /// <summary>Sorting key; empty means the columns that are grouped by, in their order.</summary>
    public ImmutableArray<string> OrderBy { get; init; } = [];

    public string? Ttl { get; init; }

    /// <summary>MergeTree settings, pinned.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The engine's name without arguments.</summary>
    public string EngineName => Engine.Split('(')[0].Trim();

    public bool Equals(RollupTarget? other) =>
        other is not null && Table == other.Table && Engine == other.Engine && PartitionBy == other.PartitionBy && Ttl == other.Ttl
        && OrderBy.SequenceEqual(other.OrderBy) && Settings.SequenceEqual(other.Settings);

    public override int GetHashCode() => HashCode.Combine(Table, Engine);
}
