using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Backfill;

/// <summary>A table that a backfill rebuilds, with the views that fill it.</summary>
/// <param name="Table">The local table on storage.</param>
/// <param name="Keys">Columns that identify a row once all is merged, as SQL.</param>
/// <param name="PartitionBy">The declared partition expression; null for one partition.</param>
/// <param name="MergeSettings">Declared settings that stopping merges overrides, as SQL; empty for none.</param>
public sealed record BackfillTarget(
    ObjectName Table, ImmutableArray<string> Keys, string? PartitionBy, string MergeSettings, ImmutableArray<BackfillView> Views)
{
    /// <summary>The id of a row's partition, as SQL.</summary>
    public string PartitionId => PartitionBy is { } by ? $"partitionID({by})" : "'all'";
}
