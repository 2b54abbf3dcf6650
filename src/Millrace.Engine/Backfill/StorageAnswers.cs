using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>What the storage nodes of a job answer to a query of one column.</summary>
internal sealed class StorageAnswers(BackfillJob job, Fleet fleet, INodeConnector connector)
{
    private static readonly StatementOptions Patient = new() { Timeout = TimeSpan.FromMinutes(30) };

    public async Task<(string Node, List<string> Rows)[]> AskAsync(string sql, CancellationToken cancel) => await Task.WhenAll(job.Nodes.Select(async name =>
    {
        var rows = new List<string>();
        var node = fleet.Nodes.First(node => node.Name == name);
        var row = new RowReader(await connector.Connect(node.Http, fleet.Connect).QueryAsync($"{sql} FORMAT JSONCompactEachRow", Patient, cancel));
        while (row.NextRow())
            rows.Add(row.Text());
        return (name, rows);
    }));
}
