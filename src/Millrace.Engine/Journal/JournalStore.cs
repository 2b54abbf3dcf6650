using System.Collections.Immutable;
using Millrace.Core.Journal;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Journal;

/// <summary>
/// Writes the journal to storage nodes: to one where the table is replicated, to several where it is not, so that losing
/// a node does not lose history. A node that stops answering is replaced by the next. Not for concurrent use.
/// </summary>
public sealed class JournalStore(ImmutableArray<StorageNode> nodes, bool isReplicated)
{
    private const int Copies = 3;

    private readonly Queue<StorageNode> spare = new(nodes);
    private readonly List<StorageNode> chosen = [];

    /// <summary>Whether the storage of a fleet is replicated, and then its journal too.</summary>
    public static bool IsReplicated(Fleet fleet) => fleet.Clusters.Any(cluster =>
        cluster.Replicated && fleet.FindRole(cluster.Role)?.Kind == RoleKind.Storage);

    /// <summary>Makes the tables where they are missing; on every node where each holds a replica.</summary>
    /// <exception cref="JournalUnreachableException">No node took them.</exception>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        if (isReplicated)
            await Task.WhenAll(nodes.Select(node => TryAsync(node, () => CreateAsync(node, cancel))));
        await OnCopiesAsync(_ => Task.CompletedTask, cancel);
    }

    /// <param name="rows">JSON, one row a line, as <see cref="JournalTable.Insert"/> takes them.</param>
    /// <exception cref="JournalUnreachableException">No node took them.</exception>
    public Task WriteAsync(string rows, CancellationToken cancel)
    {
        var sql = JournalTable.Insert + rows;
        return OnCopiesAsync(node => node.Connection.ExecuteAsync(sql, cancel: cancel), cancel);
    }

    private async Task OnCopiesAsync(Func<StorageNode, Task> run, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(chosen.Select(async node => (node, Error: await TryAsync(node, () => run(node)))));
        chosen.RemoveAll(node => answers.Any(answer => answer.node == node && answer.Error is not null));
        var errors = answers.Select(answer => answer.Error).OfType<string>().ToList();
        while (chosen.Count < (isReplicated ? 1 : Copies) && spare.TryDequeue(out var next))
        {
            var error = await TryAsync(next, () => CreateAndRunAsync(next, run, cancel));
            if (error is null)
                chosen.Add(next);
            else
                errors.Add(error);
        }

        if (chosen.Count == 0)
            throw Unreachable(errors);
    }

    private async Task CreateAndRunAsync(StorageNode node, Func<StorageNode, Task> run, CancellationToken cancel)
    {
        await CreateAsync(node, cancel);
        await run(node);
    }

    private async Task CreateAsync(StorageNode node, CancellationToken cancel)
    {
        await node.Connection.ExecuteAsync(JournalTable.CreateDatabase, cancel: cancel);
        await node.Connection.ExecuteAsync(JournalTable.Create(isReplicated ? node.Name : null), cancel: cancel);
    }

    /// <summary>What went wrong; null when nothing did.</summary>
    private static async Task<string?> TryAsync(StorageNode node, Func<Task> run)
    {
        try
        {
            await run();
            return null;
        }
        catch (Exception error) when (error is NodeUnreachableException or ServerErrorException)
        {
            return $"{node.Name}: {error.Message}";
        }
    }

    private JournalUnreachableException Unreachable(List<string> errors) => new(
        nodes.IsEmpty
            ? "no storage node answers, so nothing can be written to the journal; without it nothing is changed"
            : $"the journal ({JournalTable.Database}.{JournalTable.Name}) cannot be written, and without it nothing is changed:\n  {string.Join("\n  ", errors)}");
}
