using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>Stages and verifies the units of a shard, several at a time, while the node has room for it.</summary>
internal sealed class ShardUnits(ShardSession shard, BackfillThrottle throttle)
{
    /// <summary>As many as make one part: ClickHouse's <c>min_insert_block_size_rows</c>.</summary>
    private const int BlockRows = 1_048_449;

    private const long OneLevelBytes = 1L << 30;

    private ImmutableDictionary<string, string> settings = Written;
    private ImmutableArray<bool> hasTtl = [];
    private ImmutableHashSet<ObjectName> leftOver = [];

    public async Task RunAsync(CancellationToken cancel)
    {
        var (control, threads, inUnits, left) = (shard.CheckControlAsync(cancel), ThreadsAsync(cancel), shard.UnitsAsync(cancel), shard.NamesAsync("1", cancel));
        hasTtl = [.. await Task.WhenAll(shard.Job.Targets.Select(target => shard.HasTtlAsync(target.Table, cancel)))];
        var (record, units) = (await control, await inUnits);
        leftOver = [.. await left];
        settings = Written.AddRange(Grouping(await threads));
        var total = units.Sum(unit => unit.Rows);
        var done = units.Where(IsDone).Sum(unit => unit.Rows);
        shard.Listener.Progress(shard.Node.Name, done, total);
        await Parallel.ForEachAsync(
            units.Where(unit => !IsDone(unit)),
            new ParallelOptions { MaxDegreeOfParallelism = shard.Job.Limits.Parallelism, CancellationToken = cancel },
            async (unit, stop) =>
            {
                await shard.CheckControlAsync(stop);
                await Task.WhenAll(EmptyAsync(unit, stop), throttle.WaitAsync(shard, unit, stop));
                await StageAsync(unit, stop);
                shard.Listener.Progress(shard.Node.Name, Interlocked.Add(ref done, unit.Rows), total);
            });
        await shard.ReachAsync(ShardPhase.Staged, cancel);

        bool IsDone(BackfillUnit unit) => record.UnitOf(unit.Id) >= UnitPhase.Verified;
    }

    /// <summary>Makes the unit's own tables anew, so that a second try finds nothing of the first.</summary>
    private Task EmptyAsync(BackfillUnit unit, CancellationToken cancel) => Task.WhenAll(shard.Sql.Stages(unit).Select(async stage =>
    {
        if (leftOver.Contains(stage.Stage))
            await shard.RunAsync(BackfillSql.Drop(stage.Stage), cancel);
        await shard.RunAsync(BackfillSql.Empty(shard.Job.Targets[stage.Target].Table, stage.Stage, hasTtl[stage.Target]), cancel);
    }));

    private async Task StageAsync(BackfillUnit unit, CancellationToken cancel)
    {
        foreach (var (_, stage, parts) in shard.Sql.Stages(unit))
        {
            foreach (var (view, from, condition) in parts)
                await shard.FillAsync(BackfillSql.Fill(stage, view, from, condition), settings, cancel);
        }

        if (shard.Job.Limits.Verify)
            await VerifyAsync(unit, cancel);
        await shard.Store.WriteAsync(BackfillKind.Unit, unit.Id, nameof(UnitPhase.Verified), "", cancel);
    }

    private async Task VerifyAsync(BackfillUnit unit, CancellationToken cancel)
    {
        foreach (var (target, stage, parts) in shard.Sql.Stages(unit))
        {
            var comparison = new TargetComparison(shard, shard.Job.Targets[target], isPartial: !shard.Job.Partitions.IsEmpty);
            var differences = shard.Job.Limits.CompareAll
                ? await comparison.AllAsync(parts, stage, cancel)
                : await comparison.SampleAsync(parts, stage, (int)((uint)HashCodeOf(unit.Id) % CompareSql.Buckets), cancel);
            if (differences.Count > 0)
                throw new UserErrorException(
                    $"{shard.Node.Name}: unit {unit.Id} of {shard.Job.Targets[target].Table} was staged wrongly, so nothing of it is published:\n  {string.Join("\n  ", differences.Take(5))}");
        }
    }

    /// <summary>Another bucket for another unit, and the same after a crash.</summary>
    private static int HashCodeOf(string id) => id.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));

    /// <summary>Units share the threads that one statement would have: each thread of a unit groups for itself, and what they grouped must be merged.</summary>
    private async Task<long> ThreadsAsync(CancellationToken cancel) => shard.Job.Limits.Threads > 0
        ? shard.Job.Limits.Threads
        : await shard.NumberAsync($"SELECT ceil(getSetting('max_threads') / {shard.Job.Limits.Parallelism})::UInt32", cancel);

    /// <summary>
    /// What is grouped comes out in one block, which is written as it is: several are put together first, and states are
    /// copied one by one for that, which takes as long as making them. One thread needs no groups in two levels (they come out
    /// in 256 blocks) until there are so many that they may have to go to disk, which only groups in two levels can; several
    /// threads merge theirs by them.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string>> Grouping(long threads)
    {
        yield return new("max_threads", $"{threads}");
        yield return new("max_block_size", $"{BlockRows}");
        if (threads > 1)
            yield break;
        yield return new("group_by_two_level_threshold", "0");
        yield return new("group_by_two_level_threshold_bytes", $"{OneLevelBytes}");
    }

    /// <summary>Written out, whatever the node's profile says. A unit is one of many things that the node does: it steps back.</summary>
    private static ImmutableDictionary<string, string> Written { get; } = ImmutableDictionary<string, string>.Empty
        .Add("insert_deduplicate", "0")
        .Add("optimize_on_insert", "0") // A key comes once in what a view groups; merges do the rest.
        .Add("max_partitions_per_insert_block", "0")
        .Add("min_insert_block_size_rows", $"{BlockRows}")
        .Add("max_execution_time", "0")
        .Add("async_insert", "0")
        .Add("priority", "10");
}
