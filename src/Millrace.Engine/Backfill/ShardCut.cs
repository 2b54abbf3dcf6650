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
        var sql = shard.Sql;
        await shard.RunAsync(sql.Shadows(), cancel);
        for (var i = 0; i < shard.Job.Sources.Length; i++)
        {
            var source = shard.Job.Sources[i];
            await shard.RunAsync(BackfillSql.Empty(source, sql.Names.Snapshot(i), await HasTtlAsync(source, cancel)), cancel);
        }
    }

    /// <returns>False when no quiet moment was found in time; nothing is cut then.</returns>
    public async Task<bool> TryAsync(TimeSpan patience, CancellationToken cancel)
    {
        if (shard.Job.Limits.Cut == CutMode.None)
        {
            await ActAsync(cancel);
            for (var i = 0; i < shard.Job.Sources.Length; i++)
                await shard.RunAsync(BackfillSql.Attach(shard.Job.Sources[i], shard.Sql.Names.Snapshot(i)), cancel);
        }
        else if (!await TakeAsync(patience, cancel))
        {
            return false;
        }

        await shard.ReachAsync(ShardPhase.Cut, cancel);
        return true;
    }

    /// <summary>Takes an unfinished cut back and prepares another one, under other names: an INSERT may still hold the old.</summary>
    public async Task UndoAsync(CancellationToken cancel)
    {
        await RemoveAsync(cancel);
        await shard.ReachAsync(ShardPhase.Cutting, shard.Generation + 1, cancel);
        await PrepareAsync(cancel);
    }

    /// <summary>Removes the views that read the sources, lets INSERTs that write through them end, removes the rest.</summary>
    public async Task RemoveAsync(CancellationToken cancel)
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
            var names = shard.Sql.Names;
            var clones = new ConsistentClones(shard, [.. shard.Job.Sources.Select((source, i) => (source, names.Snapshot(i)))]);
            if (await clones.TakeAsync(left, () => ActAsync(cancel), TakeBackAsync, cancel))
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

    private async Task ActAsync(CancellationToken cancel)
    {
        await shard.RunAsync(shard.Sql.RootViews(), cancel);
        if (!shard.Job.Partitions.IsEmpty)
            await KeepOtherPartitionsAsync(cancel);
    }

    /// <summary>Partitions that are not rebuilt are taken over as they are at the cut.</summary>
    private async Task KeepOtherPartitionsAsync(CancellationToken cancel)
    {
        var target = shard.Job.Targets[0];
        foreach (var partition in await PartitionsAsync(target.Table, cancel))
            if (!shard.Job.Partitions.Contains(partition))
                await shard.RunAsync(BackfillSql.AttachPartition(partition, target.Table, shard.Sql.Names.Shadow(target)), cancel);
    }

    private async Task<List<string>> PartitionsAsync(ObjectName table, CancellationToken cancel)
    {
        var partitions = new List<string>();
        var row = new RowReader(await shard.Node.Connection.QueryAsync(
            $"SELECT DISTINCT partition_id FROM system.parts WHERE active AND {Is(table)} ORDER BY 1 FORMAT JSONCompactEachRow", cancel: cancel));
        while (row.NextRow())
            partitions.Add(row.Text());
        return partitions;
    }

    private async Task<bool> HasTtlAsync(ObjectName table, CancellationToken cancel) =>
        await shard.NumberAsync($"SELECT position(engine_full, ' TTL ') > 0 FROM system.tables WHERE database = {Quote.Text(table.Database)} AND name = {Quote.Text(table.Name)}", cancel) > 0;

    private static string Is(ObjectName table) => $"database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)}";
}
