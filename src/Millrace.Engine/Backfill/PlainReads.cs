using System.Collections.Immutable;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Settings by which a server looks at every row, as a view does that is fired by an INSERT. Skipping parts and granules by
/// keys, indexes, statistics and remembered conditions has left out rows that fit (comparisons of times of different
/// precision, NaN), and a unit is read whole anyway.
/// </summary>
internal static class PlainReads
{
    private static readonly ImmutableArray<string> Skipping =
        ["use_primary_key", "use_partition_pruning", "use_skip_indexes", "use_statistics_for_part_pruning", "use_query_condition_cache"];

    /// <summary>Those that the node knows: older servers skip by less.</summary>
    public static async Task<ImmutableDictionary<string, string>> SettingsAsync(StorageNode node, CancellationToken cancel)
    {
        var settings = ImmutableDictionary<string, string>.Empty;
        var row = new RowReader(await node.Connection.QueryAsync(
            $"SELECT name FROM system.settings WHERE name IN ({string.Join(", ", Skipping.Select(Quote.Text))}) FORMAT JSONCompactEachRow", cancel: cancel));
        while (row.NextRow())
            settings = settings.Add(row.Text(), "0");
        return settings;
    }
}
