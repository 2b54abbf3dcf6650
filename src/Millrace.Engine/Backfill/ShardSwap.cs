using System.Globalization;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Puts the shadow tables in the targets' place. Views find their tables by name: before EXCHANGE the shadow views feed the
/// new content and the live views the old, after it the live views feed the new content. Either way once.
/// </summary>
internal sealed class ShardSwap(ShardSession shard)
{
    private const string Begun = "begun";
    private const string Clear = "clear";
    private const string Looked = "looked";

    private readonly TargetShapes shapes = new(shard);

    /// <returns>False when no moment was found; nothing is swapped then.</returns>
    public async Task<bool> TryAsync(TimeSpan patience, CancellationToken cancel)
    {
        var record = await shard.Store.ReadAsync(cancel);
        var (swaps, unchanged) = (PairsAsync(record, cancel), shapes.IsUnchangedAsync(record, cancel));
        await Task.WhenAll(swaps, unchanged);
        var pairs = await swaps;
        if (pairs.Count > 0)
        {
            if (!await unchanged)
                throw new UserErrorException(
                    $"{shard.Node.Name}: {string.Join(" or ", shard.Job.Targets.Select(target => target.Table))} or a view that fills it was changed since the backfill began (see `millrace history`), so readers keep the old tables. Cancel it (`millrace backfill cancel {shard.Job.Id}`) and run it again");
            if (await LateAsync(cancel) is { } late)
                throw new UserErrorException($"{late}, so readers keep the old tables. Cancel it (`millrace backfill cancel {shard.Job.Id}`), and run it again with a longer --margin");
            await RestMergesAsync("STOP", cancel);
            var now = await shard.NumberAsync("SELECT toUnixTimestamp64Micro(now64(6))", cancel);
            await NoteAsync(Begun, now.ToString(CultureInfo.InvariantCulture), cancel);
            if (await ExchangeAsync(pairs, patience, cancel) is not { } isClear)
            {
                await RestMergesAsync("START", cancel);
                return false;
            }

            if (isClear)
            {
                await shard.ReachAsync(ShardPhase.Swapped, (BackfillKind.Exchange, shard.Node.Name, Clear, ""), cancel);
                return true;
            }
        }

        await shard.ReachAsync(ShardPhase.Swapped, cancel);
        return true;
    }

    /// <summary>
    /// An INSERT that started in the instant of the exchange found all tables as they were before or all as they are after,
    /// unless it was looking for them in that very instant: so what the server wrote down is asked, or the result compared.
    /// </summary>
    /// <returns>What is wrong with the new tables, that readers see by now; null when nothing is.</returns>
    public async Task<string?> LookAgainAsync(CancellationToken cancel)
    {
        var exchange = (await shard.Store.ReadAsync(cancel)).Of(BackfillKind.Exchange).FirstOrDefault();
        if (exchange is { State: Looked })
            return exchange.Data.Length == 0 ? null : exchange.Data;
        var problem = await LateAsync(cancel) is { } late
            ? $"{late}, so the new tables lack them. The source has them: run the backfill again with a longer --margin"
            : exchange is null or { State: Clear } ? null : await CompareAsync(long.Parse(exchange.Data, CultureInfo.InvariantCulture), cancel);
        // Only once: when the shadow views and snapshots go, there is nothing to compare with.
        await NoteAsync(Looked, problem ?? "", cancel);
        return problem;
    }

    private async Task<string?> CompareAsync(long since, CancellationToken cancel)
    {
        if (await new ExchangeWitness(shard).AskAsync(since, cancel) is { } odd)
            return Wrong([.. (await new ExchangeRepair(shard).MendAsync(odd, cancel)).Select(insert => $"{shard.Node.Name}: {insert}")]);
        if (shard.Job.Limits.Cut == CutMode.IngestTime || !shard.Job.Replays.IsEmpty)
            return $"{shard.Node.Name}: an INSERT into {shard.Job.Sources[0]} started in the instant of the exchange, and may be missing in the new tables, or be there twice. Run the backfill again when INSERTs are fewer"
                + (shard.Job.Replays.IsEmpty ? $", or compare them (`millrace backfill verify {shard.Job.Rollup}`)" : "");
        return Wrong(await new ShardReconciliation(shard).BucketsAsync(target => target.Table, cancel));
    }

    private static string? Wrong(IReadOnlyList<string> differences) => differences.Count == 0 ? null
        : $"an INSERT was under way in the instant of the exchange, and its rows are not in the new tables as they should be:\n  {string.Join("\n  ", differences.Take(5))}\nThe source has them: run the backfill again.";

    /// <summary>Writes down which tables the targets are, before any of them is swapped.</summary>
    public async Task RememberAsync(CancellationToken cancel)
    {
        var record = await shard.Store.ReadAsync(cancel);
        var (ids, shape) = (IdsAsync(cancel), shapes.UnknownAsync(record, cancel));
        await Task.WhenAll(ids, shape);
        await shard.Store.WriteAsync(
            [.. (await ids).Where(id => !record.TargetIds.ContainsKey(id.Key)).Select(id => (BackfillKind.Target, id.Key, "original", id.Value)), .. await shape], cancel);
    }

    /// <summary>Of the old content and the new, so that what an INSERT wrote meanwhile can be told apart. Cleaning up starts them.</summary>
    private Task RestMergesAsync(string verb, CancellationToken cancel) => Task.WhenAll(
        shard.Job.Targets.SelectMany(target => new[] { target.Table, shard.Sql.Names.Shadow(target) }).Select(table => shard.RunAsync($"SYSTEM {verb} MERGES {Quote.Name(table)}", cancel)));

    private Task NoteAsync(string state, string data, CancellationToken cancel) =>
        shard.Store.WriteAsync(BackfillKind.Exchange, shard.Node.Name, state, data, cancel);

    /// <returns>Whether no INSERT started meanwhile; null when nothing was exchanged, because INSERTs never ceased.</returns>
    private async Task<bool?> ExchangeAsync(List<string> pairs, TimeSpan patience, CancellationToken cancel)
    {
        switch (shard.Job.Limits.Cut)
        {
            case CutMode.None:
                await RunAsync();
                return true;
            case CutMode.IngestTime:
                return await shard.Quiet.TryBetweenStartsAsync(patience, RunAsync, cancel);
            default:
                var isUnclear = false;
                var stands = await shard.Quiet.TryAsync(patience, RunAsync, () => Task.FromResult(!(isUnclear = true)), cancel);
                return stands || isUnclear ? !isUnclear : null;
        }

        Task RunAsync() => shard.RunAsync($"EXCHANGE TABLES {string.Join(", ", pairs)}", cancel);
    }

    private async Task<string?> LateAsync(CancellationToken cancel) =>
        shard.Job.Limits.Cut == CutMode.IngestTime && await IngestTimeCut.LateRowsAsync(shard, cancel) is > 0 and var late
            ? $"{shard.Node.Name}: {late:N0} rows of {shard.Job.Sources[0]} say that they arrived before the cut, and came more than {shard.Job.Limits.MarginMilliseconds / 1000.0:0.#} s after it (a queue held them back?)"
            : null;

    /// <summary>What is not swapped yet; a crash may have come between two pairs.</summary>
    private async Task<List<string>> PairsAsync(BackfillRecord record, CancellationToken cancel)
    {
        // New content is known by the id that it was created with, which moves with it.
        var (originals, ids) = (record.TargetIds, await IdsAsync(cancel));
        return [.. shard.Job.Targets.Where(target => ids.GetValueOrDefault(target.Table.ToString()) == originals.GetValueOrDefault(target.Table.ToString())).Select(Pair)];
    }

    private string Pair(BackfillTarget target) => $"{Quote.Name(target.Table)} AND {Quote.Name(shard.Sql.Names.Shadow(target))}";

    /// <summary>Ids of the tables that have the targets' names.</summary>
    private async Task<Dictionary<string, string>> IdsAsync(CancellationToken cancel)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var among = string.Join(", ", shard.Job.Targets.Select(target => $"({Quote.Text(target.Table.Database)}, {Quote.Text(target.Table.Name)})"));
        var row = new RowReader(await shard.Node.Connection.QueryAsync(
            $"SELECT database, name, toString(uuid) FROM system.tables WHERE (database, name) IN ({among}) FORMAT JSONCompactEachRow", cancel: cancel));
        while (row.NextRow())
            ids[new ObjectName(row.Text(), row.Text()).ToString()] = row.Text();
        return ids;
    }
}
