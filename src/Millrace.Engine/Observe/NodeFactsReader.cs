using System.Collections.Immutable;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Observe;

/// <summary>Reads what a change has to respect on a node. These pass quickly: read them just before they are needed.</summary>
public static class NodeFactsReader
{
    private const string SizesQuery = $"""
        SELECT database, name, total_rows, total_bytes FROM system.tables
        WHERE {Inventory.Scope} AND total_rows > 0 AND engine NOT IN ('Distributed', 'MaterializedView', 'View', 'Null', 'Kafka')
        FORMAT JSONCompactEachRow
        """;

    private const string MutationsQuery = """
        SELECT database, table, mutation_id, toValidUTF8(command), toUnixTimestamp(create_time), parts_to_do,
          toValidUTF8(latest_fail_reason)
        FROM system.mutations WHERE NOT is_done
        FORMAT JSONCompactEachRow
        """;

    private const string WaitingQuery = """
        SELECT database, table, sum(data_files), sum(data_compressed_bytes), sum(broken_data_files), max(is_blocked),
          toValidUTF8(anyIf(last_exception, last_exception != ''))
        FROM system.distribution_queue
        GROUP BY database, table
        HAVING sum(data_files) + sum(broken_data_files) > 0
        FORMAT JSONCompactEachRow
        """;

    public static async Task<NodeFacts> ReadAsync(INodeConnection node, CancellationToken cancel = default)
    {
        var sizes = node.QueryAsync(SizesQuery, cancel: cancel);
        var mutations = node.QueryAsync(MutationsQuery, cancel: cancel);
        var waiting = ReadWaitingAsync(node, cancel);
        await Task.WhenAll(sizes, mutations, waiting);
        return new NodeFacts
        {
            Sizes = ParseSizes(await sizes),
            Mutations = ParseMutations(await mutations),
            Waiting = await waiting,
        };
    }

    /// <summary>Only the inserts that wait to be sent.</summary>
    public static async Task<ImmutableArray<WaitingInserts>> ReadWaitingAsync(INodeConnection node, CancellationToken cancel) =>
        ParseWaiting(await node.QueryAsync(WaitingQuery, cancel: cancel));

    private static ImmutableDictionary<ObjectName, TableSize> ParseSizes(byte[] answer)
    {
        var sizes = ImmutableDictionary.CreateBuilder<ObjectName, TableSize>();
        var row = new RowReader(answer);
        while (row.NextRow())
            sizes[new ObjectName(row.Text(), row.Text())] = new TableSize(row.Integer(), row.Integer());
        return sizes.ToImmutable();
    }

    private static ImmutableArray<PendingMutation> ParseMutations(byte[] answer)
    {
        var mutations = ImmutableArray.CreateBuilder<PendingMutation>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            mutations.Add(new PendingMutation(
                new ObjectName(row.Text(), row.Text()), row.Text(), row.Text(),
                row.Time() ?? DateTimeOffset.UnixEpoch, row.Integer(), row.Text()));
        }

        return mutations.ToImmutable();
    }

    private static ImmutableArray<WaitingInserts> ParseWaiting(byte[] answer)
    {
        var waiting = ImmutableArray.CreateBuilder<WaitingInserts>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            waiting.Add(new WaitingInserts(
                new ObjectName(row.Text(), row.Text()), row.Integer(), row.Integer(), row.Integer(), row.Flag(), row.Text()));
        }

        return waiting.ToImmutable();
    }
}
