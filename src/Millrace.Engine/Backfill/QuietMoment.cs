using System.Collections.Immutable;
using System.Diagnostics;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Does something on a node while no INSERT runs into some tables. An INSERT decides at its start which views it fires
/// and is in <c>system.processes</c> from before that until it ends. When none runs before and after, and no part has
/// appeared between, every INSERT came wholly before or wholly after.
/// </summary>
/// <param name="tables">What INSERTs name when rows reach the tables; also what is looked at for new parts.</param>
/// <param name="isStrict">True when an INSERT into any table may reach them, as through a view that nobody declared.</param>
public sealed class QuietMoment(StorageNode node, ImmutableArray<ObjectName> tables, string job, bool isStrict)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(3);

    /// <summary>An INSERT that lasts longer than this is not waited for by one that must end.</summary>
    private static readonly TimeSpan LongestInsert = TimeSpan.FromMinutes(10);

    /// <returns>True when the action stands; false when it was taken back, or when the time was over first.</returns>
    /// <param name="act">Short: an INSERT that starts meanwhile makes it count for nothing.</param>
    /// <param name="undo">Takes the action back, while INSERTs that saw it may still run; tells whether to try again.</param>
    public async Task<bool> TryAsync(TimeSpan patience, Func<Task> act, Func<Task<bool>> undo, CancellationToken cancel)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < patience; await Task.Delay(AskEvery, cancel))
        {
            var before = await LookAsync(cancel);
            if (before.Running > 0)
                continue;
            await act();
            var after = await LookAsync(cancel);
            if (after.Running == 0 && after.Parts == before.Parts)
                return true;
            if (!await undo())
                return false;
        }

        return false;
    }

    /// <summary>Waits until the INSERTs that run now have ended.</summary>
    public async Task LetInsertsEndAsync(CancellationToken cancel)
    {
        var running = await IdsAsync(cancel);
        for (var since = Stopwatch.GetTimestamp(); running.Count > 0; await Task.Delay(AskEvery * 5, cancel))
        {
            running.IntersectWith(await IdsAsync(cancel));
            if (Stopwatch.GetElapsedTime(since) > LongestInsert)
                throw new UserErrorException($"{node.Name}: an INSERT runs for more than {LongestInsert.TotalMinutes:0} minutes; see system.processes there, and run this again when it has ended");
        }
    }

    private string Running =>
        $"query_kind IN ('Insert', 'AsyncInsertFlush') AND Settings['log_comment'] != {Quote.Text(FormerStatements.Comment(job))}"
        + (isStrict ? "" : $" AND ({string.Join(" OR ", tables.Select(table => $"position(query, {Quote.Text(table.Name)}) > 0"))})");

    private async Task<(long Running, string Parts)> LookAsync(CancellationToken cancel)
    {
        var among = string.Join(", ", tables.Select(table => $"({Quote.Text(table.Database)}, {Quote.Text(table.Name)})"));
        var row = new RowReader(await node.Connection.QueryAsync(
            $"""
             SELECT (SELECT count() FROM system.processes WHERE {Running}),
               (SELECT toString(cityHash64(groupArray((table, partition_id, newest)))) FROM
                 (SELECT table, partition_id, max(max_block_number) AS newest FROM system.parts WHERE (database, table) IN ({among}) GROUP BY ALL ORDER BY ALL))
             FORMAT JSONCompactEachRow
             """,
            cancel: cancel));
        row.NextRow();
        return (row.Integer(), row.Text());
    }

    private async Task<HashSet<string>> IdsAsync(CancellationToken cancel)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var row = new RowReader(await node.Connection.QueryAsync($"SELECT query_id FROM system.processes WHERE {Running} FORMAT JSONCompactEachRow", cancel: cancel));
        while (row.NextRow())
            ids.Add(row.Text());
        return ids;
    }
}
