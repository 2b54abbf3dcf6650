using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Puts the shadow tables in the targets' place. Views find their tables by name: before EXCHANGE the shadow views feed the
/// new content and the live views the old, after it the live views feed the new content. Either way once.
/// </summary>
internal sealed class ShardSwap(ShardSession shard)
{
    private bool isUnclear;

    /// <returns>False when no quiet moment was found; nothing is swapped then.</returns>
    public async Task<bool> TryAsync(TimeSpan patience, CancellationToken cancel)
    {
        var pairs = await PairsAsync(cancel);
        if (shard.Job.Limits.Cut == CutMode.None)
            await ExchangeAsync();
        else if (!await shard.Quiet.TryAsync(patience, ExchangeAsync, NoteUnclearAsync, cancel) && !isUnclear)
            return false;
        await shard.ReachAsync(ShardPhase.Swapped, cancel);
        if (isUnclear)
            await LookAgainAsync(cancel);
        return true;

        Task ExchangeAsync() => pairs.Count == 0 ? Task.CompletedTask : shard.RunAsync($"EXCHANGE TABLES {string.Join(", ", pairs)}", cancel);
    }

    /// <summary>
    /// An INSERT started meanwhile. It found all tables as they were before or all as they are after, unless it was looking
    /// for them in that very instant: so the result is compared once more.
    /// </summary>
    private Task<bool> NoteUnclearAsync()
    {
        isUnclear = true;
        return Task.FromResult(false);
    }

    private async Task LookAgainAsync(CancellationToken cancel)
    {
        var differences = await new ShardReconciliation(shard).BucketsAsync(target => target.Table, cancel);
        if (differences.Count > 0)
            throw new UserErrorException(
                $"an INSERT was under way in the instant of the exchange, and its rows are not in the new tables:\n  {string.Join("\n  ", differences.Take(5))}\nThe source has them: run the backfill again.");
    }

    /// <summary>What is not swapped yet; a crash may have come between two pairs.</summary>
    private async Task<List<string>> PairsAsync(CancellationToken cancel)
    {
        var pairs = new List<string>();
        foreach (var target in shard.Job.Targets)
            if (!await IsSwappedAsync(target, cancel))
                pairs.Add(Pair(target));
        return pairs;
    }

    private string Pair(BackfillTarget target) => $"{Quote.Name(target.Table)} AND {Quote.Name(shard.Sql.Names.Shadow(target))}";

    /// <summary>New content is known by the id that it was created with, which moves with it.</summary>
    private async Task<bool> IsSwappedAsync(BackfillTarget target, CancellationToken cancel)
    {
        var original = (await shard.Store.ReadAsync(cancel)).TargetIds.GetValueOrDefault(target.Table.ToString());
        return await IdAsync(target.Table, cancel) != original;
    }

    /// <summary>Writes down which tables the targets are, before any of them is swapped.</summary>
    public async Task RememberAsync(CancellationToken cancel)
    {
        var known = (await shard.Store.ReadAsync(cancel)).TargetIds;
        foreach (var target in shard.Job.Targets.Where(target => !known.ContainsKey(target.Table.ToString())))
            await shard.Store.WriteAsync(BackfillKind.Target, target.Table.ToString(), "original", await IdAsync(target.Table, cancel), cancel);
    }

    private async Task<string> IdAsync(ObjectName table, CancellationToken cancel) =>
        (await shard.TextAsync($"SELECT uuid FROM system.tables WHERE database = {Quote.Text(table.Database)} AND name = {Quote.Text(table.Name)} FORMAT TSV", cancel)).Trim();
}
