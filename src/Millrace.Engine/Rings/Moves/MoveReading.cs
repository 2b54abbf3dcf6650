using System.Diagnostics;
using Millrace.Core.Rings.Moves;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Rings.Moves;

/// <summary>
/// Points the tables that people query at something else, on every node. A query finds its table once, so each sees the rows
/// wholly as before or wholly as after; when the queries that began before have ended, nobody reads as before.
/// </summary>
/// <param name="nodes">Every node of the fleet, by name.</param>
/// <param name="patience">How long queries are waited for.</param>
internal sealed class MoveReading(RingMove move, IReadOnlyDictionary<string, StorageNode> nodes, IMoveListener listener, TimeSpan patience)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Not counted: this question, and how the embedded server waits for its parent.</summary>
    private const string Running =
        "SELECT query_id FROM system.processes WHERE query_id != queryID() AND position(query, '/dev/stdin') = 0 FORMAT JSONCompactEachRow";

    public async Task PointAsync(Func<MoveReaders, string> at, CancellationToken cancel)
    {
        foreach (var table in move.Tables)
        foreach (var node in table.Nodes)
            await nodes[node].Connection.ExecuteAsync(at(table.Readers), cancel: cancel);
        await Task.WhenAll(move.Tables.SelectMany(table => table.Nodes).Distinct().Select(node => EndAsync(nodes[node], cancel)));
    }

    /// <summary>Waits until every query that runs on the node now has ended.</summary>
    private async Task EndAsync(StorageNode node, CancellationToken cancel)
    {
        var running = await IdsAsync(node, cancel);
        var isSaid = false;
        for (var since = Stopwatch.GetTimestamp(); running.Count > 0; await Task.Delay(AskEvery, cancel))
        {
            running.IntersectWith(await IdsAsync(node, cancel));
            var waited = Stopwatch.GetElapsedTime(since);
            if (waited > patience)
                throw new UserErrorException(
                    $"{node.Name}: query {Quote.Text(running.First())} has run for more than {patience.TotalSeconds:0} s, and as long as it runs it may read rows as they lay before. "
                    + $"No answer is wrong meanwhile. End it, or wait, and run this again: it goes on where it was");
            if (!isSaid && (isSaid = waited > TimeSpan.FromSeconds(2)))
                listener.Note($"{node.Name}: waiting for {running.Count} queries that began before");
        }
    }

    private static async Task<HashSet<string>> IdsAsync(StorageNode node, CancellationToken cancel)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var row = new RowReader(await node.Connection.QueryAsync(Running, cancel: cancel));
        while (row.NextRow())
            ids.Add(row.Text());
        return ids;
    }
}
