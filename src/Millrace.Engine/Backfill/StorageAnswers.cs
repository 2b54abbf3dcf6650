using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>What the storage nodes of a job answer to a query of one column.</summary>
internal sealed class StorageAnswers(BackfillJob job, Fleet fleet, INodeConnector connector)
{
    private static readonly StatementOptions Patient = new() { Timeout = TimeSpan.FromMinutes(30) };

    public async Task<(string Node, List<string> Rows)[]> AskAsync(string sql, CancellationToken cancel) => await Task.WhenAll(StorageNodes.Named(job.Nodes, fleet, connector).Select(async node =>
    {
        var rows = new List<string>();
        var row = new RowReader(await node.Connection.QueryAsync($"{sql} FORMAT JSONCompactEachRow", Patient, cancel));
        while (row.NextRow())
            rows.Add(row.Text());
        return (node.Name, rows);
    }));
}
