using System.Collections.Immutable;
using System.Diagnostics;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Divides a shard's rows: what was there before the cut is in the snapshots, what comes after flows through shadow views
/// into shadow tables. Readers and the live views notice nothing.
/// </summary>
internal sealed class ShardCut(ShardSession shard)
{
    /// <summary>Everything but the cut itself, so that the cut is short.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        await shard.ReachAsync(ShardPhase.Cutting, cancel);
        await Task.WhenAll(Clones().Select(EmptyAsync).Append(shard.RunAsync(shard.Sql.Shadows(), cancel)));

        async Task EmptyAsync((ObjectName From, ObjectName Clone) tables) =>
            await shard.RunAsync(BackfillSql.Empty(tables.From, tables.Clone, await shard.HasTtlAsync(tables.From, cancel)), cancel);
    }

    /// <returns>False when no quiet moment was found in time; nothing is cut then.</returns>
    public async Task<bool> TryAsync(TimeSpan patience, CancellationToken cancel)
    {
        if (shard.IsCutOpen)
            await UndoAsync(cancel); // The node went away in the middle of it.
        var isCut = shard.Job.Limits.Cut switch
        {
            CutMode.None => await BlindlyAsync(cancel),
            CutMode.IngestTime => await new IngestTimeCut(shard, this).TakeAsync(cancel),
            _ => await TakeAsync(patience, cancel),
        };
        if (!isCut)
            return false;
        await KeepOtherPartitionsAsync(cancel);
        await shard.ReachAsync(ShardPhase.Cut, cancel);
        shard.IsCutOpen = false;
        return true;
    }

    /// <summary>Takes an unfinished cut back and prepares another one, under other names: an INSERT may still hold the old.</summary>
    public async Task UndoAsync(CancellationToken cancel)
    {
        await RemoveAsync(cancel);
        await shard.ReachAsync(ShardPhase.Cutting, shard.Generation + 1, cancel);
        await PrepareAsync(cancel);
        shard.IsCutOpen = false;
    }

    /// <summary>From here on rows flow into the shadow tables.</summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        shard.IsCutOpen = true;
        await shard.RunAsync(shard.Sql.RootViews(), cancel);
    }

    /// <summary>Tables that are cloned at the cut: the sources, and targets of which a part is kept as it is.</summary>
    public ImmutableArray<(ObjectName From, ObjectName Clone)> Clones() =>
    [
        .. shard.Job.Sources.Select((source, i) => (source, shard.Sql.Names.Snapshot(i))),
        .. shard.Job.Targets.Where(_ => !shard.Job.Partitions.IsEmpty).Select(target => (target.Table, shard.Sql.Names.Kept(target))),
    ];

    /// <summary>Removes the views that read the sources, lets INSERTs that write through them end, removes the rest.</summary>
    private async Task RemoveAsync(CancellationToken cancel)
    {
        await shard.DropAsync(shard.Sql.RootViewNames(), cancel);
        await shard.Quiet.LetInsertsEndAsync(cancel);
        await shard.DropAsync(shard.Sql.RestNames(), cancel);
    }

    private async Task<bool> TakeAsync(TimeSpan patience, CancellationToken cancel)
    {
        var since = Stopwatch.GetTimestamp();
        while (patience - Stopwatch.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
        {
            var generation = shard.Generation;
            if (await new ConsistentClones(shard, Clones()).TakeAsync(left, () => OpenAsync(cancel), TakeBackAsync, cancel))
                return true;
            if (generation == shard.Generation)
                return false; // The time is over; an attempt that was taken back goes on under other names.
        }

        return false;

        async Task<bool> TakeBackAsync()
        {
            await UndoAsync(cancel);
            return false;
        }
    }

    private async Task<bool> BlindlyAsync(CancellationToken cancel)
    {
        await OpenAsync(cancel);
        foreach (var (from, clone) in Clones())
            await shard.RunAsync(BackfillSql.Attach(from, clone), cancel);
        return true;
    }

    /// <summary>Partitions that are not rebuilt are taken over as they were at the cut.</summary>
    private async Task KeepOtherPartitionsAsync(CancellationToken cancel)
    {
        foreach (var target in shard.Job.Targets.Where(_ => !shard.Job.Partitions.IsEmpty))
        {
            var (kept, shadow) = (shard.Sql.Names.Kept(target), shard.Sql.Names.Shadow(target));
            foreach (var partition in await PartitionsAsync(kept, cancel))
                if (!shard.Job.Partitions.Contains(partition))
                    await shard.RunAsync(BackfillSql.AttachPartition(partition, kept, shadow), cancel);
        }
    }

    private async Task<List<string>> PartitionsAsync(ObjectName table, CancellationToken cancel)
    {
        var partitions = new List<string>();
        var row = new RowReader(await shard.Node.Connection.QueryAsync(
            $"SELECT DISTINCT partition_id FROM system.parts WHERE active AND database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)} ORDER BY 1 FORMAT JSONCompactEachRow",
            cancel: cancel));
        while (row.NextRow())
            partitions.Add(row.Text());
        return partitions;
    }
}
