using System.Collections.Immutable;
using System.Globalization;
using Millrace.Core.Doctor;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Doctor;

/// <summary>Reads the Kafka consumers of a node, with the lag that librdkafka's own statistics tell.</summary>
internal static class ConsumerReader
{
    private const string Query = """
        SELECT database, table, consumer_id, length(assignments.topic),
          toUnixTimestamp(last_poll_time), toUnixTimestamp(last_commit_time), toUnixTimestamp(last_rebalance_time),
          num_rebalance_revocations,
          arraySum(topic -> arraySum(part -> greatest(JSONExtractInt(part.2, 'consumer_lag'), 0),
              JSONExtractKeysAndValuesRaw(JSONExtractRaw(topic.2, 'partitions'))),
            JSONExtractKeysAndValuesRaw(JSONExtractRaw(rdkafka_stat, 'topics'))),
          arrayFlatten(arrayMap((at, text) -> [toString(toUnixTimestamp(at)), toValidUTF8(text)], exceptions.time, exceptions.text))
        FROM system.kafka_consumers
        ORDER BY database, table
        FORMAT JSONCompactEachRow
        """;

    public static async Task<ReadItems<ConsumerState>> ReadAsync(INodeConnection node, CancellationToken cancel) =>
        Parse(await node.QueryAsync(Query, cancel: cancel));

    private static ReadItems<ConsumerState> Parse(byte[] answer)
    {
        var consumers = ImmutableArray.CreateBuilder<ConsumerState>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            consumers.Add(new ConsumerState(
                Table: new ObjectName(row.Text(), row.Text()),
                Id: row.Text(),
                Partitions: (int)row.Integer(),
                LastPoll: row.Time(),
                LastCommit: row.Time(),
                LastRebalance: row.Time(),
                Rebalances: row.Integer(),
                Lag: row.Integer(),
                Errors: [.. row.Texts().Chunk(2).Select(error => new ConsumerError(TimeOf(error[0]), error[1]))]));
        }

        return new ReadItems<ConsumerState>(consumers.ToImmutable());
    }

    private static DateTimeOffset TimeOf(string seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
}
