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

    /// <summary>What every shard would lose; nearly always nothing. What topics still have is not known before they are read: <see cref="BackfillRun"/> looks then.</summary>
    public static async Task<ImmutableArray<BackfillLoss>> FindAsync(BackfillJob job, Fleet fleet, INodeConnector connector, CancellationToken cancel) =>
        [.. (await Task.WhenAll(job.Nodes.Select(name => FindAsync(job, fleet.Nodes.First(node => node.Name == name), fleet, connector, cancel)))).SelectMany(losses => losses)];

    private static async Task<List<BackfillLoss>> FindAsync(BackfillJob job, Node node, Fleet fleet, INodeConnector connector, CancellationToken cancel)
    {
        var connection = connector.Connect(node.Http, fleet.Connect);
        var (losses, sources) = (new List<BackfillLoss>(), job.Sources.ToDictionary(source => source, Quote.Name));
        foreach (var target in job.Targets)
        {
            sources[target.Table] = CompareSql.Made(target, sources);
            if (await HoldsRowsAsync(connection, target.Table, cancel))
                losses.AddRange(await AskAsync(connection, node.Name, target, sources[target.Table], cancel));
        }

        return losses;
    }

    /// <param name="made">What the target is made anew of, as it stands in a FROM clause.</param>
    internal static async Task<List<BackfillLoss>> AskAsync(INodeConnection connection, string node, BackfillTarget target, string made, CancellationToken cancel)
    {
        var found = await AskOnceAsync(connection, node, target, made, cancel);
        if (found.Count == 0)
            return found;
        await Task.Delay(Settled, cancel);
        return await AskOnceAsync(connection, node, target, made, cancel);
    }

    private static async Task<bool> HoldsRowsAsync(INodeConnection connection, ObjectName table, CancellationToken cancel)
    {
        var row = new RowReader(await connection.QueryAsync(
            $"SELECT count() FROM system.parts WHERE active AND rows > 0 AND database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)} FORMAT JSONCompactEachRow", cancel: cancel));
        return row.NextRow() && row.Integer() > 0;
    }

    private static async Task<List<BackfillLoss>> AskOnceAsync(INodeConnection connection, string node, BackfillTarget target, string made, CancellationToken cancel)
    {
        var found = new List<BackfillLoss>();
        var row = new RowReader(await connection.QueryAsync(CompareSql.Lost(target, made), Patient, cancel));
        while (row.NextRow())
            found.Add(new BackfillLoss(node, target.Table, row.Text(), row.Integer(), row.Text()));
        return found;
    }
}
