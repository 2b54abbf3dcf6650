using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Bench.Streaming;

/// <summary>The stream that every design of the bench carries: eight columns extracted from JSON, sharded, with an error table.</summary>
public static class EventStream
{
    public const int Consumers = 2;

    /// <summary>
    /// How long a block may wait for more rows, for every design. With the server's 7.5 s most of the time measured would
    /// be the last block waiting.
    /// </summary>
    private static readonly KeyValuePair<string, string> Flush = new("kafka_flush_interval_ms", "1000");

    private static readonly ImmutableArray<Column> Columns =
    [
        new("uuid", "UUID"), new("event", "LowCardinality(String)"), new("team_id", "Int64"), new("distinct_id", "String"),
        new("timestamp", "DateTime64(6, 'UTC')"), new("properties", "String"),
    ];

    private static readonly Extraction Extraction = new(
        "properties",
        [
            new("mat_browser", "$browser"),
            new("mat_os", "$os"),
            new("mat_device", "$device_type"),
            new("mat_url", "$current_url"),
            new("mat_referrer", "$referrer"),
            new("mat_country", "$geoip_country_code"),
            new("mat_session", "$session_id"),
            new("mat_duration", "$duration", "Float64"),
        ]);

    /// <summary>The declaration, in a database and a consumer group of its own: every run reads the whole topic.</summary>
    public static Project Declare(Fleet fleet, string topic, string run) => new()
    {
        Name = run,
        Database = run,
        Fleet = fleet,
        Pipelines =
        [
            new Pipeline
            {
                Name = "events",
                Role = "events",
                Columns = Columns,
                Extract = Extraction,
                Legs =
                [
                    new Leg
                    {
                        Name = "msk", Broker = "msk", Topic = topic, Group = run, Consumers = Consumers,
                        Settings = ImmutableSortedDictionary.CreateRange([Flush]),
                    },
                ],
                Into = new TableSink
                {
                    Table = "events",
                    Engine = "ReplacingMergeTree(_timestamp)",
                    PartitionBy = "toYYYYMM(timestamp)",
                    OrderBy = ["team_id", "toDate(timestamp)", "event", "cityHash64(distinct_id)", "cityHash64(uuid)"],
                    ShardBy = "sipHash64(distinct_id)",
                },
                Errors = new ErrorSink("events_errors"),
            },
        ],
    };

    /// <summary>The Kafka table as manuals have it: the columns of the table that it fills.</summary>
    public static string ClassicKafkaTable(string name, string topic, string group) => $"""
        CREATE TABLE {name} ({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"))})
        ENGINE = Kafka(msk, kafka_topic_list = '{topic}', kafka_group_name = '{group}', kafka_format = 'JSONEachRow')
        SETTINGS kafka_num_consumers = {Consumers}, kafka_thread_per_consumer = 1, {Flush.Key} = {Flush.Value}
        """;

    /// <summary>The view as manuals have it: every column parses the JSON for itself and strips the quotes.</summary>
    public static string ClassicSelect(string kafka) => $"""
        SELECT {string.Join(", ", Columns.Select(column => column.Name))},
            {string.Join(",\n    ", Extraction.Columns.Select(ExtractAlone))},
            _topic, _partition, _offset, ifNull(_timestamp, now()) AS _timestamp
        FROM {kafka}
        """;

    private static string ExtractAlone(ExtractedColumn column)
    {
        var text = $"""replaceRegexpAll(JSONExtractRaw(properties, '{column.Key}'), '^"|"$', '')""";
        return $"{(column.Type == "String" ? text : $"to{column.Type}OrZero({text})")} AS {column.Name}";
    }
}
