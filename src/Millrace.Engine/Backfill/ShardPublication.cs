using Millrace.Core.Backfill;
using Millrace.Core.Sql;

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
        await Task.WhenAll(shard.Job.Targets.Select(target => shard.RunAsync(shard.Sql.StartMerges(target), cancel)));
        await shard.ReachAsync(ShardPhase.Published, cancel);
    }

    private async Task AttachAllAsync(BackfillRecord record, CancellationToken cancel)
    {
        await Task.WhenAll(shard.Job.Targets.Select(target => shard.RunAsync(BackfillSql.StopMerges(shard.Sql.Names.Shadow(target)), cancel)));
        var units = (await shard.UnitsAsync(cancel)).Where(unit => record.UnitOf(unit.Id) != UnitPhase.Published).ToList();
        await NoteAsync(units, UnitPhase.Publishing, cancel);
        // A former runner may have written down that it would publish a unit, and not that it had.
        foreach (var unit in units)
            await PublishAsync(unit, record.UnitOf(unit.Id) == UnitPhase.Publishing, cancel);
        await NoteAsync(units, UnitPhase.Published, cancel);
        if (shard.Job.Limits.Verify)
            await CountAsync(cancel);
        await shard.Store.WriteAsync(BackfillKind.Counted, shard.Node.Name, "once", "", cancel);
    }

    private Task NoteAsync(IEnumerable<BackfillUnit> units, UnitPhase phase, CancellationToken cancel) =>
        shard.Store.WriteAsync([.. units.Select(unit => (BackfillKind.Unit, unit.Id, phase.ToString(), ""))], cancel);

    private Task PublishAsync(BackfillUnit unit, bool wasBegun, CancellationToken cancel) => Task.WhenAll(shard.Sql.Stages(unit).Select(stage =>
        new StagedParts(shard, stage.Stage).AttachAsync(shard.Sql.Names.Shadow(shard.Job.Targets[stage.Target]), wasBegun && shard.Job.Limits.CheckPublished, cancel)));

    /// <summary>Before merges make parts unrecognisable: every staged part is there, once.</summary>
    private Task CountAsync(CancellationToken cancel) => Task.WhenAll(shard.Job.Targets.Select(target => CountAsync(target, cancel)));

    private async Task CountAsync(BackfillTarget target, CancellationToken cancel)
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
