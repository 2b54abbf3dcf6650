using System.Globalization;
using Millrace.Core.Backfill;
using Millrace.Core.Sql;

namespace Millrace.Engine.Backfill;

/// <summary>
/// A cut for sources that INSERTs never leave alone. An instant in the future divides rows by their time of arrival: the
/// shadow views take those from it on, the snapshot gives those before it. Two things make that exact, and both are looked
/// at: no row from the instant on has passed the views by, and none from before it comes after the snapshot.
/// </summary>
internal sealed class IngestTimeCut(ShardSession shard, ShardCut cut)
{
    private const int MostTries = 4;

    private string Column => Quote.Name(shard.Job.Limits.IngestColumn!);

    private TimeSpan Margin => TimeSpan.FromMilliseconds(shard.Job.Limits.MarginMilliseconds);

    /// <exception cref="UserErrorException">The column does not hold times of arrival.</exception>
    public async Task<bool> TakeAsync(CancellationToken cancel)
    {
        for (var (tries, margin) = (1, Margin); !await OpenAsync(margin, cancel); (tries, margin) = (tries + 1, margin * 2))
        {
            if (tries == MostTries)
                throw new UserErrorException(
                    $"{shard.Node.Name}: {Column} holds times up to {margin.TotalSeconds:0} s ahead of the node's clock, or INSERTs last that long, so that it cannot tell old rows from live ones. Set the clocks, allow more (--margin), or cut another way (--cut auto)");
            await cut.UndoAsync(cancel);
        }

        await WaitForInstantAsync(cancel);
        foreach (var (from, clone) in cut.Clones())
            await shard.RunAsync(BackfillSql.Attach(from, clone), cancel);
        return true;
    }

    /// <summary>
    /// Rows that arrived before the instant and were not in the snapshot. A queue that held them back would be one way.
    /// The minutes are compared, not the sum: rows that a TTL removed from others do not hide them.
    /// </summary>
    public static async Task<long> LateRowsAsync(ShardSession shard, CancellationToken cancel)
    {
        var late = 0L;
        var column = Quote.Name(shard.Job.Limits.IngestColumn!);
        for (var i = 0; i < shard.Job.Sources.Length; i++)
            late += await shard.NumberAsync(
                $"""
                 SELECT sum(greatest(live - old, 0)) FROM
                 (
                   SELECT minute, sum(side) AS live, count() - live AS old FROM
                   (
                     SELECT toStartOfMinute({column}) AS minute, 1 AS side FROM {Quote.Name(shard.Job.Sources[i])} WHERE {shard.Sql.OldRows}
                     UNION ALL
                     SELECT toStartOfMinute({column}), 0 FROM {Quote.Name(shard.Sql.Names.Snapshot(i))} WHERE {shard.Sql.OldRows}
                   )
                   GROUP BY minute
                 )
                 """,
                cancel);
        return late;
    }

    /// <summary>Attaches the views before the instant, and makes sure that INSERTs which began without them brought nothing for them.</summary>
    private async Task<bool> OpenAsync(TimeSpan margin, CancellationToken cancel)
    {
        await shard.ChooseInstantAsync(await ClockAsync(cancel) + (long)Math.Ceiling(margin.TotalSeconds), cancel);
        await cut.OpenAsync(cancel);
        await shard.Quiet.LetInsertsEndAsync(cancel);
        foreach (var source in shard.Job.Sources)
            if (await shard.NumberAsync($"SELECT count() FROM {Quote.Name(source)} WHERE {shard.Sql.LiveRows}", cancel) > 0)
                return false;
        return true;
    }

    private async Task WaitForInstantAsync(CancellationToken cancel)
    {
        var snapshot = shard.Instant!.Value + (long)Math.Ceiling(Margin.TotalSeconds);
        for (var told = false; await ClockAsync(cancel) < snapshot; told = true)
        {
            if (!told)
                shard.Listener.Note(shard.Node.Name, $"rows that arrive from {DateTimeOffset.FromUnixTimeSeconds(shard.Instant.Value).ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC on are live ones; waits for those before it");
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
        }

        await shard.Quiet.LetInsertsEndAsync(cancel);
    }

    private Task<long> ClockAsync(CancellationToken cancel) => shard.NumberAsync("SELECT toUnixTimestamp(now())", cancel);
}
