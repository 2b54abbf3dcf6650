using Millrace.Core.Backfill;
using Millrace.Core.Journal;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>What one node knows of one backfill. A node that is not reached says nothing; the others still do.</summary>
public sealed class BackfillStore(StorageNode node, string job)
{
    private static readonly StatementOptions Once = new() { Idempotent = false };

    public async Task PrepareAsync(CancellationToken cancel)
    {
        await node.Connection.ExecuteAsync(JournalTable.CreateDatabase, cancel: cancel);
        await node.Connection.ExecuteAsync(BackfillTable.Create, cancel: cancel);
        await node.Connection.ExecuteAsync(BackfillSql.CreateDatabase, cancel: cancel);
    }

    public Task WriteAsync(BackfillKind kind, string key, string state, string data, CancellationToken cancel) =>
        WriteAsync([(kind, key, state, data)], cancel);

    /// <summary>All of them or none.</summary>
    public Task WriteAsync(IReadOnlyCollection<(BackfillKind Kind, string Key, string State, string Data)> entries, CancellationToken cancel) => entries.Count == 0
        ? Task.CompletedTask
        : node.Connection.ExecuteAsync(BackfillTable.Write(job, entries.Select(entry => (BackfillRecord.Word(entry.Kind), entry.Key, entry.State, entry.Data))), Once, cancel);

    public async Task<BackfillRecord> ReadAsync(CancellationToken cancel)
    {
        var rows = new List<BackfillEntry>();
        var row = new RowReader(await node.Connection.QueryAsync(BackfillTable.Read(job), cancel: cancel));
        while (row.NextRow())
            rows.Add(new BackfillEntry(row.Text(), row.Text(), row.Text(), row.Text(), DateTimeOffset.FromUnixTimeMilliseconds(row.Integer())));
        return new BackfillRecord(rows);
    }
}
