using System.Collections.Immutable;
using Millrace.Core.Journal;
using Millrace.Core.Rings.Moves;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Rings.Moves;

/// <summary>What storage nodes know of moves of old rows. Every node is told of every phase before its work begins, and the furthest counts.</summary>
public sealed class MoveStore(ImmutableArray<StorageNode> storage)
{
    private const int UnknownTable = 60;
    private const int UnknownDatabase = 81;

    private static readonly StatementOptions Once = new() { Idempotent = false };

    public Task PrepareAsync(CancellationToken cancel) => Task.WhenAll(storage.Select(async node =>
    {
        await node.Connection.ExecuteAsync(JournalTable.CreateDatabase, cancel: cancel);
        await node.Connection.ExecuteAsync(MoveRecord.Create, cancel: cancel);
    }));

    public async Task WriteAsync(RingMove move, MovePhase phase, CancellationToken cancel)
    {
        foreach (var node in storage)
            await node.Connection.ExecuteAsync(MoveRecord.Write(move, phase), Once, cancel);
    }

    /// <summary>The move of a project that has begun and not ended; null when there is none.</summary>
    /// <param name="isStrict">False passes over nodes that went away: the others know what they knew.</param>
    public async Task<(RingMove Move, MovePhase Phase)?> UnfinishedAsync(string project, bool isStrict, CancellationToken cancel)
    {
        var known = (await Task.WhenAll(storage.Select(node => ReadAsync(node, isStrict, cancel)))).SelectMany(rows => rows)
            .GroupBy(row => row.Move.Id, StringComparer.Ordinal)
            .Select(rows => (rows.First().Move, Phase: rows.Max(row => row.Phase)))
            .Where(row => row.Move.Project == project && row.Phase is not (MovePhase.Done or MovePhase.Undone))
            .ToList();
        return known.Count == 0 ? null : known[^1];
    }

    private static async Task<List<(RingMove Move, MovePhase Phase)>> ReadAsync(StorageNode node, bool isStrict, CancellationToken cancel)
    {
        var moves = new List<(RingMove, MovePhase)>();
        try
        {
            var row = new RowReader(await node.Connection.QueryAsync(MoveRecord.Read, cancel: cancel));
            while (row.NextRow())
                moves.Add((RingMove.Parse(row.Text()), (MovePhase)row.Integer()));
        }
        catch (ServerErrorException error) when (error.Code is UnknownTable or UnknownDatabase)
        {
            // Nothing was ever moved there.
        }
        catch (NodeUnreachableException) when (!isStrict)
        {
            // Whoever moved rows told every node.
        }

        return moves;
    }
}
