using System.Collections.Immutable;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>
/// What a former holder of the lock left running. A server finishes a statement though its client is gone, so a new
/// holder waits for those before it looks at the fleet: a DROP that ends later would undo what it finds.
/// </summary>
internal static class FormerStatements
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>The <c>log_comment</c> of every statement of an apply; <c>system.query_log</c> keeps it too.</summary>
    public static string Comment(string apply) => $"millrace:{apply}";

    /// <param name="applies">Whose statements.</param>
    /// <param name="patience">A statement that takes longer is not waited for.</param>
    /// <exception cref="UserErrorException">Something still runs; nothing was changed.</exception>
    public static async Task WaitAsync(
        IEnumerable<INodeConnection> nodes, ImmutableArray<string> applies, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        if (applies.IsEmpty)
            return;
        var comments = string.Join(", ", applies.Select(apply => Quote.Text(Comment(apply))));
        var sql = $"SELECT count(), any(query) FROM system.processes WHERE Settings['log_comment'] IN ({comments}) FORMAT JSONCompactEachRow";
        await Task.WhenAll(nodes.Select(node => WaitAsync(node, sql, patience, time, cancel)));
    }

    private static async Task WaitAsync(INodeConnection node, string sql, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        for (var since = time.GetTimestamp(); await RunningAsync(node, sql, cancel) is { } statement; await Task.Delay(AskEvery, time, cancel))
            if (time.GetElapsedTime(since) > patience)
                throw new UserErrorException(
                    $"a statement of an apply that was broken off still runs after {patience.TotalSeconds:0} s, so nothing was changed:\n  {statement}\n"
                    + "See it in system.processes of its node, and try again when it has ended.");
    }

    /// <summary>One of them; null when none runs, or its node went away and they with it.</summary>
    private static async Task<string?> RunningAsync(INodeConnection node, string sql, CancellationToken cancel)
    {
        try
        {
            var row = new RowReader(await node.QueryAsync(sql, cancel: cancel));
            return row.NextRow() && row.Integer() > 0 ? row.Text() : null;
        }
        catch (NodeUnreachableException)
        {
            return null; // What it holds is looked at again before anything is changed.
        }
    }
}
