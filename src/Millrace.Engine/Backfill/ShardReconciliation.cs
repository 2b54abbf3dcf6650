using System.Collections.Immutable;
using System.Diagnostics;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Compares targets with their sources on a live node: in a quiet moment both are cloned, which copies nothing, and the
/// clones are compared at leisure.
/// </summary>
internal sealed class ShardReconciliation(ShardSession shard)
{
    private readonly string prefix = $"{shard.Job.Id}_g{shard.Generation}_check";

    /// <summary>By buckets of keys: whether the shadow tables hold what the sources hold.</summary>
    /// <param name="holder">The table that stands for a target.</param>
    public async Task<IReadOnlyList<string>> BucketsAsync(Func<BackfillTarget, ObjectName> holder, CancellationToken cancel)
    {
        var differences = new List<string>();
        await OnClonesAsync(holder, async () =>
        {
            foreach (var target in shard.Job.Targets)
            {
                var parts = target.Views.Select(view => (view, CloneOf(view.Source), "1")).ToImmutableArray();
                var found = await new TargetComparison(shard, target, isPartial: !shard.Job.Partitions.IsEmpty).AllAsync(parts, CloneOf(target.Table), cancel);
                differences.AddRange(found.Select(text => $"{shard.Node.Name}: {target.Table}: {text}"));
            }
        }, cancel);
        return differences;
    }

    /// <summary>Key by key, which takes as long as filling the targets anew.</summary>
    public async Task<IReadOnlyList<KeyComparison>> KeysAsync(CancellationToken cancel)
    {
        var found = new List<KeyComparison>();
        await OnClonesAsync(target => target.Table, async () =>
        {
            foreach (var target in shard.Job.Targets)
            {
                var sql = CompareSql.Keys(target, target.Views.Select(view => (view, CloneOf(view.Source))), CloneOf(target.Table));
                found.AddRange(KeyComparison.Parse(shard.Node.Name, target.Table, await shard.TextAsync(sql, cancel)));
            }
        }, cancel);
        return found;
    }

    private async Task OnClonesAsync(Func<BackfillTarget, ObjectName> holder, Func<Task> compare, CancellationToken cancel)
    {
        ImmutableArray<(ObjectName From, ObjectName Clone)> tables =
        [
            .. shard.Job.Sources.Select(source => (source, CloneOf(source))),
            .. shard.Job.Targets.Select(target => (holder(target), CloneOf(target.Table))),
        ];
        try
        {
            if (!await TakeAsync(tables, cancel))
                throw new UserErrorException(
                    $"{shard.Node.Name}: INSERTs into {shard.Job.Sources[0]} never rested for {shard.Job.Limits.QuietMilliseconds / 1000} s, so source and target could not be compared at one instant. Try again when there are fewer");
            await compare();
        }
        finally
        {
            await shard.DropAsync(tables.Select(table => table.Clone), CancellationToken.None);
        }
    }

    private async Task<bool> TakeAsync(ImmutableArray<(ObjectName From, ObjectName Clone)> tables, CancellationToken cancel)
    {
        var (since, patience) = (Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds(shard.Job.Limits.QuietMilliseconds));
        while (patience - Stopwatch.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
        {
            await EmptyAsync(tables, cancel);
            if (await new ConsistentClones(shard, tables).TakeAsync(left, () => Task.CompletedTask, () => Task.FromResult(true), cancel))
                return true;
        }

        return false;
    }

    private async Task EmptyAsync(ImmutableArray<(ObjectName From, ObjectName Clone)> tables, CancellationToken cancel)
    {
        foreach (var (from, clone) in tables)
        {
            await shard.RunAsync(BackfillSql.Drop(clone), cancel);
            await shard.RunAsync($"CREATE TABLE {Quote.Name(clone)} AS {Quote.Name(from)}", cancel);
            await shard.RunAsync(BackfillSql.StopMerges(clone), cancel);
        }
    }

    private ObjectName CloneOf(ObjectName table) => new(BackfillNames.Database, $"{prefix}_{table.Name}");
}
