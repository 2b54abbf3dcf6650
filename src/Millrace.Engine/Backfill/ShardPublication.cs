using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Moves verified units into the shadow tables, each exactly once. ATTACH is not journaled by the server, and twice it
/// doubles; but attached parts keep their ids. So merges stop (by a setting, which outlives a crash), the intent is
/// written down, and what is found by its ids is not attached again.
/// </summary>
internal sealed class ShardPublication(ShardSession shard)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        var record = await shard.Store.ReadAsync(cancel);
        if (!record.Of(BackfillKind.Counted).Any())
            await AttachAllAsync(record, cancel);
        foreach (var target in shard.Job.Targets)
            await shard.RunAsync(shard.Sql.StartMerges(target), cancel);
        await shard.ReachAsync(ShardPhase.Published, cancel);
    }

    private async Task AttachAllAsync(BackfillRecord record, CancellationToken cancel)
    {
        foreach (var target in shard.Job.Targets)
            await shard.RunAsync(BackfillSql.StopMerges(shard.Sql.Names.Shadow(target)), cancel);
        foreach (var unit in await shard.UnitsAsync(cancel))
            if (record.UnitOf(unit.Id) != UnitPhase.Published)
                await PublishAsync(unit, record.UnitOf(unit.Id) == UnitPhase.Publishing, cancel);
        if (shard.Job.Limits.Verify)
            await CountAsync(cancel);
        await shard.Store.WriteAsync(BackfillKind.Counted, shard.Node.Name, "once", "", cancel);
    }

    /// <param name="wasBegun">A former runner wrote down that it would publish this unit, and not that it had.</param>
    private async Task PublishAsync(BackfillUnit unit, bool wasBegun, CancellationToken cancel)
    {
        await shard.Store.WriteAsync(BackfillKind.Unit, unit.Id, nameof(UnitPhase.Publishing), "", cancel);
        foreach (var (target, stage, _) in shard.Sql.Stages(unit))
            await AttachAsync(stage, shard.Sql.Names.Shadow(shard.Job.Targets[target]), wasBegun && shard.Job.Limits.CheckPublished, cancel);
        await shard.Store.WriteAsync(BackfillKind.Unit, unit.Id, nameof(UnitPhase.Published), "", cancel);
    }

    private async Task AttachAsync(ObjectName stage, ObjectName shadow, bool look, CancellationToken cancel)
    {
        if (look)
        {
            var (staged, attached) = (await PartsAsync(stage, cancel), await PartsAsync(shadow, cancel));
            var found = attached.Where(part => staged.ContainsKey(part.Key)).ToList();
            if (found.Count == staged.Count)
                return;
            // The server died in the middle of an ATTACH: what it had done is taken back.
            foreach (var (_, name) in found)
                await shard.RunAsync($"ALTER TABLE {Quote.Name(shadow)} DROP PART {Quote.Text(name)}", cancel);
        }

        await shard.RunAsync(BackfillSql.Attach(stage, shadow), cancel);
    }

    /// <summary>Before merges make parts unrecognisable: every staged part is there, once.</summary>
    private async Task CountAsync(CancellationToken cancel)
    {
        foreach (var target in shard.Job.Targets)
        {
            var prefix = $"{shard.Job.Id}_g{shard.Generation}_stage_{shard.Job.Targets.IndexOf(target)}_";
            var shadow = shard.Sql.Names.Shadow(target);
            var wrong = await shard.NumberAsync(
                $"""
                 SELECT count() FROM
                 (
                   SELECT uuid, countIf(startsWith(table, {Quote.Text(prefix)})) AS staged, countIf(table = {Quote.Text(shadow.Name)}) AS published
                   FROM system.parts WHERE active AND database = {Quote.Text(shadow.Database)} AND uuid != toUUID('00000000-0000-0000-0000-000000000000')
                   GROUP BY uuid
                 )
                 WHERE staged > 0 AND (staged != 1 OR published != 1)
                 """,
                cancel);
            if (wrong > 0)
                throw new UserErrorException(
                    $"{shard.Node.Name}: {wrong} parts of {target.Table} are not in the new table exactly once, so readers keep the old one. Cancel it (`millrace backfill cancel {shard.Job.Id}`) and run it again");
        }
    }

    /// <summary>Names of a table's parts by their ids.</summary>
    private async Task<Dictionary<string, string>> PartsAsync(ObjectName table, CancellationToken cancel)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var row = new RowReader(await shard.Node.Connection.QueryAsync(
            $"""
             SELECT toString(uuid), name FROM system.parts
             WHERE active AND database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)} AND uuid != toUUID('00000000-0000-0000-0000-000000000000')
             FORMAT JSONCompactEachRow
             """,
            cancel: cancel));
        while (row.NextRow())
            parts[row.Text()] = row.Text();
        return parts;
    }
}
