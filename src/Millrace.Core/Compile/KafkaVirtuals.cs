using System.Collections.Immutable;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>What a Kafka table has beside its own columns when <c>kafka_handle_error_mode = 'stream'</c>.</summary>
public static class KafkaVirtuals
{
    public static ImmutableArray<ColumnDefinition> All { get; } =
    [
        new("_topic", "LowCardinality(String)"),
        new("_key", "String"),
        new("_offset", "UInt64"),
        new("_timestamp", "Nullable(DateTime)"),
        new("_timestamp_ms", "Nullable(DateTime64(3))"),
        new("_partition", "UInt64"),
        new("_headers.name", "Array(String)"),
        new("_headers.value", "Array(String)"),
        new("_raw_message", "String"),
        new("_error", "String"),
    ];

    /// <summary>Where a message came from, stored with every row: the key to finding and counting it again.</summary>
    public static ImmutableArray<ColumnDefinition> Stored { get; } =
    [
        new("_topic", "LowCardinality(String)"),
        new("_partition", "UInt64"),
        new("_offset", "UInt64"),
        new("_timestamp", "DateTime"),
    ];

    /// <summary>
    /// The stored metadata out of a Kafka table. A message without a timestamp gets the time of its arrival: epoch would
    /// fall under every TTL.
    /// </summary>
    public static ImmutableArray<string> StoredSelect { get; } =
        ["_topic", "_partition", "_offset", "ifNull(_timestamp, now()) AS _timestamp"];
}
