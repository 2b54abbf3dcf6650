using Millrace.Core.Journal;
using Millrace.Core.Locking;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>
/// A lock on a plain ClickHouse node. A generation is an empty table whose comment is the state: CREATE TABLE of a name
/// that exists fails, which is a test-and-set that the server keeps across restarts.
/// </summary>
public sealed class TableLeaseStore(StorageNode node, LeaseTiming timing, string prefix = TableLeaseStore.FleetPrefix) : ILeaseStore
{
    private const int TableAlreadyExists = 57;

    /// <summary>How the tables of the fleet's lock are called, before the generation.</summary>
    public const string FleetPrefix = "lock_";

    /// <summary>The same of the lock of backfills: they take hours, and applies need not wait for them.</summary>
    public const string BackfillPrefix = "backfill_lock_";

    private readonly string query = $"""
        SELECT toUnixTimestamp64Milli(now64(3)),
          (SELECT groupArray((toInt64OrZero(substring(name, {prefix.Length + 1})), comment)) FROM system.tables
           WHERE database = '{JournalTable.Database}' AND startsWith(name, '{prefix}'))
        FORMAT JSONCompactEachRow
        """;

    private readonly StatementOptions reading = new() { Timeout = timing.RequestTimeout };
    private readonly StatementOptions once = new() { Timeout = timing.RequestTimeout, Idempotent = false };

    public string Place => node.Name;

    public async Task<LeaseView> ReadAsync(CancellationToken cancel) =>
        LeaseRows.Parse(await node.Connection.QueryAsync(query, reading, cancel), Place);

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

    private string Table(long generation) => $"{JournalTable.Database}.{prefix}{generation}";
}
