using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
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
/// <param name="tables">What is looked at for new parts.</param>
/// <param name="names">What INSERTs name when rows reach the tables.</param>
/// <param name="isStrict">True when an INSERT into any table may reach them, as through a view that nobody declared.</param>
public sealed class QuietMoment(StorageNode node, ImmutableArray<ObjectName> tables, ImmutableArray<string> names, string job, bool isStrict)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(3);

    /// <summary>An INSERT that lasts longer than this is not waited for by one that must end.</summary>
    private static readonly TimeSpan LongestInsert = TimeSpan.FromMinutes(10);

    /// <summary>By then an INSERT has found its tables.</summary>
    private const double Settled = 0.1;

    /// <returns>True when the action stands; false when it was taken back, or when the time was over first.</returns>
    /// <param name="act">Short: an INSERT that starts meanwhile makes it count for nothing.</param>
    /// <param name="undo">Takes the action back, while INSERTs that saw it may still run; tells whether to try again.</param>
    public async Task<bool> TryAsync(TimeSpan patience, Func<Task> act, Func<Task<bool>> undo, CancellationToken cancel)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < patience; await Task.Delay(AskEvery, cancel))
        {
            var before = await LookAsync(cancel);
            if (!before.Running.IsEmpty)
                continue;
            await act();
            var after = await LookAsync(cancel);
            if (after.Running.IsEmpty && after.Parts == before.Parts)
                return true;
            if (!await undo())
                return false;
        }

        return false;
    }

    /// <summary>
    /// Does something that only INSERTs which are just starting could see half of: others may run, for they found their
    /// tables long before.
    /// </summary>
    /// <returns>True when no INSERT started meanwhile; null when nothing was done, for they never ceased to start.</returns>
    public async Task<bool?> TryBetweenStartsAsync(TimeSpan patience, Func<Task> act, CancellationToken cancel)
    {
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < patience; await Task.Delay(AskEvery, cancel))
        {
            var before = await LookAsync(cancel);
            if (before.Running.Values.Any(elapsed => elapsed < Settled))
                continue;
            await act();
            var after = await LookAsync(cancel);
            var isExplained = after.Parts == before.Parts || (before.Running.Keys.Except(after.Running.Keys).Any() && after.Started == before.Started);
            return isExplained && after.Running.Keys.All(before.Running.ContainsKey);
        }

        return null;
    }

    /// <summary>Waits until the INSERTs that run now have ended.</summary>
    public async Task LetInsertsEndAsync(CancellationToken cancel)
    {
        var running = (await LookAsync(cancel)).Running.Keys.ToHashSet(StringComparer.Ordinal);
        for (var since = Stopwatch.GetTimestamp(); running.Count > 0; await Task.Delay(AskEvery * 5, cancel))
        {
            running.IntersectWith((await LookAsync(cancel)).Running.Keys);
            if (Stopwatch.GetElapsedTime(since) > LongestInsert)
                throw new UserErrorException($"{node.Name}: an INSERT runs for more than {LongestInsert.TotalMinutes:0} minutes; see system.processes there, and run this again when it has ended");
        }
    }

    private string Running =>
        $"query_kind IN ('Insert', 'AsyncInsertFlush') AND Settings['log_comment'] != {Quote.Text(FormerStatements.Comment(job))}"
        + (isStrict ? "" : $" AND ({string.Join(" OR ", names.Select(name => $"position(query, {Quote.Text(name)}) > 0"))})");

    /// <summary>INSERTs that run, each with its age in seconds; how many have started on the node since it did; and what parts there are.</summary>
    private async Task<(ImmutableDictionary<string, double> Running, long Started, string Parts)> LookAsync(CancellationToken cancel)
    {
        var among = string.Join(", ", tables.Select(table => $"({Quote.Text(table.Database)}, {Quote.Text(table.Name)})"));
        var row = new RowReader(await node.Connection.QueryAsync(
            $"""
             SELECT (SELECT arrayStringConcat(groupArray(concat(id, ' ', toString(age))), '\n') FROM
                 (SELECT toString(sipHash64(query_id, user)) AS id, max(elapsed) AS age FROM system.processes WHERE {Running} GROUP BY id)),
               (SELECT sum(value) FROM system.events WHERE event IN ('InsertQuery', 'AsyncInsertQuery')),
               (SELECT toString(cityHash64(groupArray((table, partition_id, newest)))) FROM
                 (SELECT table, partition_id, max(max_block_number) AS newest FROM system.parts WHERE (database, table) IN ({among}) GROUP BY ALL ORDER BY ALL))
             FORMAT JSONCompactEachRow
             """,
            cancel: cancel));
        row.NextRow();
        var running = row.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToImmutableDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return (running, row.Integer(), row.Text());
    }
}
