using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Removes everything that a job keeps on a node: views first, so that nothing flows into what is dropped. They wait for INSERTs;
/// what no view writes to goes meanwhile. Targets merge again.
/// </summary>
internal sealed class ShardCleanUp(ShardSession shard)
{
    private const int AtOnce = 4;

    public async Task RunAsync(ShardPhase end, CancellationToken cancel)
    {
        await Task.WhenAll(DropViewsAsync(cancel), DropAsync("match(name, '^[^_]+_g[0-9]+_(snap|stage)_')", cancel));
        await DropAsync("1", cancel);
        await ConsistentClones.StartMergesAsync(shard, shard.Job.Targets.Select(target => target.Table));
        await shard.ReachAsync(end, cancel);
    }

    private async Task DropViewsAsync(CancellationToken cancel)
    {
        await shard.DropAsync(await shard.NamesAsync("engine = 'MaterializedView'", cancel), cancel);
        await shard.Quiet.LetInsertsEndAsync(cancel);
    }

    private async Task DropAsync(string condition, CancellationToken cancel) => await Parallel.ForEachAsync(
        await shard.NamesAsync(condition, cancel), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (name, stop) => await shard.RunAsync(BackfillSql.Drop(name), stop));
}
