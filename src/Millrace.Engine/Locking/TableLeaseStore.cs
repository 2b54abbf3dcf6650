using Millrace.Core.Journal;
using Millrace.Core.Locking;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>
/// A lock on a plain ClickHouse node. A generation is an empty table whose comment is the state: CREATE TABLE of a name
/// that exists fails, which is a test-and-set that the server keeps across restarts.
/// </summary>
public sealed class TableLeaseStore(StorageNode node, LeaseTiming timing) : ILeaseStore
{
    private const int TableAlreadyExists = 57;
    private const string Prefix = "lock_";

    private static readonly string Query = $"""
        SELECT toUnixTimestamp64Milli(now64(3)),
          (SELECT groupArray((toInt64OrZero(substring(name, {Prefix.Length + 1})), comment)) FROM system.tables
           WHERE database = '{JournalTable.Database}' AND startsWith(name, '{Prefix}'))
        FORMAT JSONCompactEachRow
        """;

    private readonly StatementOptions reading = new() { Timeout = timing.RequestTimeout };
    private readonly StatementOptions once = new() { Timeout = timing.RequestTimeout, Idempotent = false };

    public string Place => node.Name;

    public async Task<LeaseView> ReadAsync(CancellationToken cancel) =>
        LeaseRows.Parse(await node.Connection.QueryAsync(Query, reading, cancel), Place);

    public async Task AddAsync(long generation, LeaseState state, CancellationToken cancel)
    {
        try
        {
            await node.Connection.ExecuteAsync(
                $"CREATE TABLE {Table(generation)} (nothing UInt8) ENGINE = Null COMMENT {Quote.Text(state.ToJson())}", once, cancel);
        }
        catch (ServerErrorException error) when (error.Code == TableAlreadyExists)
        {
            // Somebody else was first; reading tells who.
        }
    }

    public async Task ForgetAsync(IReadOnlyCollection<long> generations, CancellationToken cancel)
    {
        foreach (var generation in generations)
            await node.Connection.ExecuteAsync($"DROP TABLE IF EXISTS {Table(generation)} SYNC", once, cancel);
    }

    private static string Table(long generation) => $"{JournalTable.Database}.{Prefix}{generation}";
}
