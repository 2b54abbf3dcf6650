using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// A rollup often outlives its source: by TTL, or because somebody dropped old partitions. Rebuilding it would end what only
/// it remembers, so that is looked for first, key by key.
/// </summary>
public static class BackfillLosses
{
    private static readonly StatementOptions Patient = new() { Timeout = TimeSpan.FromMinutes(60) };

    /// <summary>By then the views have what an INSERT brought.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>What every shard would lose; nearly always nothing. Nothing, too, for a job that reads topics: what topics still have is not known before they are read: <see cref="BackfillRun"/> looks then.</summary>
    public static async Task<ImmutableArray<BackfillLoss>> FindAsync(BackfillJob job, Fleet fleet, INodeConnector connector, CancellationToken cancel) =>
        job.Replays.IsEmpty
            ? [.. (await Task.WhenAll(StorageNodes.Named(job.Nodes, fleet, connector).Select(node => FindAsync(job, node, cancel)))).SelectMany(losses => losses)]
            : [];

    private static async Task<List<BackfillLoss>> FindAsync(BackfillJob job, StorageNode node, CancellationToken cancel)
    {
        var (losses, sources) = (new List<BackfillLoss>(), job.Sources.ToDictionary(source => source, Quote.Name));
        foreach (var target in job.Targets)
        {
            sources[target.Table] = CompareSql.Made(target, sources);
            if (await HoldsRowsAsync(node.Connection, target.Table, cancel))
                losses.AddRange(await AskAsync(node, target, sources[target.Table], cancel));
        }

        return losses;
    }

    /// <param name="made">What the target is made anew of, as it stands in a FROM clause.</param>
    internal static async Task<List<BackfillLoss>> AskAsync(StorageNode node, BackfillTarget target, string made, CancellationToken cancel)
    {
        var found = await AskOnceAsync(node, target, made, cancel);
        if (found.Count == 0)
            return found;
        await Task.Delay(Settled, cancel);
        return await AskOnceAsync(node, target, made, cancel);
    }

    private static async Task<bool> HoldsRowsAsync(INodeConnection connection, ObjectName table, CancellationToken cancel)
    {
        var row = new RowReader(await connection.QueryAsync(
            $"SELECT count() FROM system.parts WHERE active AND rows > 0 AND database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)} FORMAT JSONCompactEachRow", cancel: cancel));
        return row.NextRow() && row.Integer() > 0;
    }

    private static async Task<List<BackfillLoss>> AskOnceAsync(StorageNode node, BackfillTarget target, string made, CancellationToken cancel)
    {
        var found = new List<BackfillLoss>();
        var row = new RowReader(await node.Connection.QueryAsync(CompareSql.Lost(target, made), Patient, cancel));
        while (row.NextRow())
            found.Add(new BackfillLoss(node.Name, target.Table, row.Text(), row.Integer(), row.Text()));
        return found;
    }
}
