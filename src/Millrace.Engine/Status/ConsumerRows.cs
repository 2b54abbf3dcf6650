using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Status;

/// <summary>
/// Reads <c>system.kafka_consumers</c>, summed for each Kafka table. The server digs the lag out of librdkafka's
/// statistics, which are kilobytes of JSON for each consumer.
/// </summary>
internal static class ConsumerRows
{
    public static async Task<Dictionary<ObjectName, LegOnNode>> ReadAsync(
        INodeConnection connection, string node, IEnumerable<ObjectName> tables, CancellationToken cancel) =>
        Parse(await connection.QueryAsync(Query(tables), cancel: cancel), node);

    // "desired" are the partitions that this consumer is to read; the others are only listed. One that holds none tells of the time when it did.
    private static string Query(IEnumerable<ObjectName> tables) => $"""
        SELECT database, table, count(), countIf(notEmpty(assignments.partition_id)), sum(length(assignments.partition_id)),
          sum(num_messages_read), toUnixTimestamp(max(last_poll_time)), toUnixTimestamp(max(last_commit_time)),
          sum(num_rebalance_assignments + num_rebalance_revocations),
          sum(length(measured)), sum(arraySum(lags)),
          maxIf(dateDiff('second', toDateTime(JSONExtractUInt(rdkafka_stat, 'time')), now()), notEmpty(assignments.partition_id)),
          toUnixTimestamp(maxIf(failed, failed >= last_commit_time)),
          substring(toValidUTF8(argMaxIf(arrayElement(exceptions.text, -1), failed, failed >= last_commit_time)), 1, 500)
        FROM (
          SELECT *, arrayMax(exceptions.time) AS failed,
            arrayFilter(p -> notEmpty(assignments.partition_id) AND JSONExtractBool(p, 'desired') AND JSONExtractInt(p, 'hi_offset') >= 0,
              arrayFlatten(arrayMap(topic -> arrayMap(p -> p.2, JSONExtractKeysAndValuesRaw(topic.2, 'partitions')),
                JSONExtractKeysAndValuesRaw(rdkafka_stat, 'topics')))) AS measured,
            arrayMap(p -> greatest(0, JSONExtractInt(p, 'hi_offset')
              - if(JSONExtractInt(p, 'committed_offset') >= 0, JSONExtractInt(p, 'committed_offset'), JSONExtractInt(p, 'lo_offset'))),
              measured) AS lags
          FROM system.kafka_consumers
          WHERE (database, table) IN ({string.Join(", ", tables.Select(t => $"({Quote.Text(t.Database)}, {Quote.Text(t.Name)})"))}))
        GROUP BY database, table
        FORMAT JSONCompactEachRow
        """;

    private static Dictionary<ObjectName, LegOnNode> Parse(byte[] answer, string node)
    {
        var found = new Dictionary<ObjectName, LegOnNode>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            found[new ObjectName(row.Text(), row.Text())] = new LegOnNode(
                node,
                Existing: (int)row.Integer(),
                Assigned: (int)row.Integer(),
                Partitions: (int)row.Integer(),
                RowsRead: row.Integer(),
                LastPoll: row.Time(),
                LastCommit: row.Time(),
                Rebalances: row.Integer(),
                MeasuredPartitions: (int)row.Integer(),
                Lag: row.Integer(),
                MeasuredAgo: TimeSpan.FromSeconds(row.Integer()),
                LastError: row.Time() is { } at ? new LegError(at, WithoutStack(row.Text())) : null);
        }

        return found;
    }

    private static string WithoutStack(string text) => text.Split(", Stack trace", 2)[0].TrimEnd();
}
