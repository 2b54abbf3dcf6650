using System.Globalization;
using Millrace.Core.Backfill;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// What the server wrote down about INSERTs around the exchange. While shadow views stand, every INSERT fills the old
/// content and the new alike, whichever has the target's name; one that looked for its tables in the very instant may fill
/// one of them twice and the other not at all. <c>system.part_log</c> says how many rows each INSERT brought where.
/// </summary>
internal sealed class ExchangeWitness(ShardSession shard)
{
    /// <summary>Asks when all INSERTs have ended that may have seen the exchange.</summary>
    /// <param name="begun">When the exchange began, by the node's clock: microseconds since 1970.</param>
    /// <returns>INSERTs that did not fill both alike; null when the node cannot tell.</returns>
    public async Task<IReadOnlyList<OneSidedInsert>?> AskAsync(long begun, CancellationToken cancel)
    {
        // Those that start from now on are whole, but not finished when the log is read.
        var until = await shard.NumberAsync("SELECT toUnixTimestamp64Micro(now64(6))", cancel);
        await shard.Quiet.LetInsertsEndAsync(cancel);
        await shard.RunAsync("SYSTEM FLUSH LOGS", cancel); // Not of one by its name: that fails where the node keeps none.
        if (await SilenceAsync(Instant(begun), cancel) is { } silence)
        {
            shard.Listener.Note(shard.Node.Name, silence);
            return null;
        }

        var originals = (await shard.Store.ReadAsync(cancel)).TargetIds;
        var found = new List<OneSidedInsert>();
        foreach (var target in shard.Job.Targets)
        {
            var row = new RowReader(await shard.Node.Connection.QueryAsync(Question(target, originals[target.Table.ToString()], $"event_time_microseconds >= {Instant(begun)} AND event_time_microseconds < {Instant(until)}"), cancel: cancel));
            while (row.NextRow())
                found.Add(new OneSidedInsert(target, row.Text(), row.Text(), row.Integer(), row.Integer()));
        }

        return found;
    }

    /// <summary>Why the log does not tell; null when it does. A server that was killed since has lost what it had not flushed.</summary>
    private async Task<string?> SilenceAsync(string since, CancellationToken cancel)
    {
        if (await shard.NumberAsync("SELECT count() FROM system.tables WHERE database = 'system' AND name = 'part_log'", cancel) == 0)
            return "keeps no system.part_log";
        return await shard.NumberAsync($"SELECT now() - uptime() > {since}", cancel) == 0 ? null : "was restarted since, and has not all of system.part_log";
    }

    private static string Instant(long microseconds) => $"fromUnixTimestamp64Micro({microseconds.ToString(CultureInfo.InvariantCulture)})";

    private static string Question(BackfillTarget target, string original, string window)
    {
        var old = $"table_uuid = toUUID({Quote.Text(original)})";
        var current = $"table_uuid = (SELECT uuid FROM system.tables WHERE database = {Quote.Text(target.Table.Database)} AND name = {Quote.Text(target.Table.Name)})";
        var parts = $"FROM system.part_log WHERE event_type = 'NewPart' AND error = 0 AND query_id != '' AND ({old} OR {current})";
        return $"""
            SELECT query_id, partition_id, sumIf(rows, {old}) AS old, sumIf(rows, {current}) AS new
            {parts} AND query_id IN (SELECT query_id {parts} AND {window})
            GROUP BY query_id, partition_id HAVING old != new ORDER BY ALL
            FORMAT JSONCompactEachRow
            """;
    }
}
