using System.Collections.Immutable;
using Millrace.Core.Sql;

namespace Millrace.Engine.Backfill;

/// <summary>
/// An apply may run beside a backfill, and change what is being rebuilt. The new tables would then have old columns, or
/// rows of the old SELECT, so they are not shown: targets and views must be what they were when the job began.
/// </summary>
internal sealed class TargetShapes(ShardSession shard)
{
    private const string Of = "shape";

    /// <summary>What they are, to be written down; nothing when that was done.</summary>
    /// <param name="record">What the node knows.</param>
    public async Task<ImmutableArray<(BackfillKind Kind, string Key, string State, string Data)>> UnknownAsync(BackfillRecord record, CancellationToken cancel) =>
        Known(record) is null ? [(BackfillKind.Shape, Of, "known", await ReadAsync(cancel))] : [];

    public async Task<bool> IsUnchangedAsync(BackfillRecord record, CancellationToken cancel) =>
        Known(record) is not { } known || known == await ReadAsync(cancel);

    private static string? Known(BackfillRecord record) => record.Of(BackfillKind.Shape).FirstOrDefault()?.Data;

    /// <summary>Not what merges or an EXCHANGE change: columns with their types, keys, and the SELECTs of the live views.</summary>
    private async Task<string> ReadAsync(CancellationToken cancel)
    {
        var tables = string.Join(", ", shard.Job.Targets.Select(target => $"({Quote.Text(target.Table.Database)}, {Quote.Text(target.Table.Name)})"));
        var views = string.Join(", ", shard.Job.Targets.SelectMany(target => target.Views.Select(view => $"({Quote.Text(target.Table.Database)}, {Quote.Text(view.Name)})")));
        return (await shard.TextAsync(
            $"""
             SELECT lower(hex(sipHash128(groupArray((name, shape))))) FROM
             (
               SELECT name, concat(partition_key, '|', sorting_key, '|', as_select, '|',
                 (SELECT toString(groupArray((table, c.name, type))) FROM (SELECT * FROM system.columns WHERE (database, table) IN ({tables}) ORDER BY database, table, position) AS c)) AS shape
               FROM system.tables WHERE (database, name) IN ({tables}, {views}) ORDER BY database, name
             )
             FORMAT TSV
             """,
            cancel)).Trim();
    }
}
