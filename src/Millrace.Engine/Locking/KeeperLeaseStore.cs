using System.Collections.Immutable;
using Millrace.Core.Journal;
using Millrace.Core.Locking;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>
/// A lock in Keeper or ZooKeeper, through a KeeperMap table: in strict mode an INSERT of a key that exists fails. Every
/// storage node leads to the same keys, so the next one is asked when one does not answer.
/// </summary>
public sealed class KeeperLeaseStore(ImmutableArray<StorageNode> nodes, LeaseTiming timing) : ILeaseStore
{
    /// <summary>Its text tells whether the key was there or Keeper could not be reached.</summary>
    private const int KeeperException = 999;

    private const int BadArguments = 36;

    private const string Table = $"{JournalTable.Database}.lock";

    private const string Create =
        $"CREATE TABLE IF NOT EXISTS {Table} (generation UInt64, state String) ENGINE = KeeperMap('/millrace/lock') PRIMARY KEY generation";

    private const string Query =
        $"SELECT toUnixTimestamp64Milli(now64(3)), (SELECT groupArray((generation, state)) FROM {Table}) FORMAT JSONCompactEachRow";

    private readonly StatementOptions reading = new() { Timeout = timing.RequestTimeout };
    private readonly StatementOptions once = new()
    {
        Timeout = timing.RequestTimeout,
        Idempotent = false,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["keeper_map_strict_mode"] = "1" },
    };

    public string Place => "Keeper";

    /// <summary>Makes the table on each node. False when a node's server has no place for such tables in Keeper.</summary>
    public async Task<bool> PrepareAsync(CancellationToken cancel)
    {
        try
        {
            await Task.WhenAll(nodes.Select(node => node.Connection.ExecuteAsync(Create, cancel: cancel)));
            return true;
        }
        catch (ServerErrorException error) when (error.Code == BadArguments)
        {
            // keeper_map_path_prefix is not configured.
            return false;
        }
    }

    public Task<LeaseView> ReadAsync(CancellationToken cancel) =>
        OnAnyAsync(async node => LeaseRows.Parse(await node.QueryAsync(Query, reading, cancel), Place));

    public Task AddAsync(long generation, LeaseState state, CancellationToken cancel) => OnAnyAsync(async node =>
    {
        try
        {
            await node.ExecuteAsync($"INSERT INTO {Table} VALUES ({generation}, {Quote.Text(state.ToJson())})", once, cancel);
        }
        catch (ServerErrorException error)
            when (error.Code == KeeperException && error.Message.Contains("Node exists", StringComparison.OrdinalIgnoreCase))
        {
            // Somebody else was first; reading tells who.
        }

        return true;
    });

    public Task ForgetAsync(IReadOnlyCollection<long> generations, CancellationToken cancel) => OnAnyAsync(async node =>
    {
        if (generations.Count > 0)
            await node.ExecuteAsync($"DELETE FROM {Table} WHERE generation IN ({string.Join(", ", generations)})", once, cancel);
        return true;
    });

    private async Task<T> OnAnyAsync<T>(Func<INodeConnection, Task<T>> run)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await run(nodes[i].Connection);
            }
            catch (NodeUnreachableException) when (i < nodes.Length - 1)
            {
                // The next node leads to the same Keeper.
            }
        }
    }
}
