using Millrace.Engine.Specs;

namespace Millrace.UnitTests.Engine.Specs;

/// <summary>A project that uses most keys, without anything wrong in it.</summary>
public static class Sample
{
    public const string Project = """
        name: clickstream
        database: analytics
        oldest_server: 25.8
        unmanaged: ["analytics.tmp_*"]
        """;

    public const string Fleet = """
        roles:
          data: { kind: storage, cores: 8 }
          events: { kind: ingestion, cores: 4 }
          query: { kind: query }
        clusters:
          data: { role: data, replicated: false }
          data_single: { role: data, single_shard: true, nodes: [data-1] }
        nodes:
          data-1: { role: data, shard: 1, http: "http://127.0.0.1:18001", native: 127.0.0.1:19001 }
          data-2: { role: data, shard: 2, http: "http://127.0.0.1:18002", native: 127.0.0.1:19002 }
          ing-1: { role: events, http: "http://127.0.0.1:18003", native: 127.0.0.1:19003 }
          q-1: { role: query, http: "http://127.0.0.1:18004" }
        brokers:
          msk: { collection: msk, bootstrap: 127.0.0.1:39092 }
          warpstream: { collection: warpstream }
        connect: { user: millrace, password: "${env:CLICKHOUSE_PASSWORD}", connect_timeout: 3s }
        """;

    public const string Events = """
        pipeline: events
        role: events
        columns:
          uuid: UUID
          timestamp: { type: "DateTime64(6, 'UTC')", codec: Delta }
          distinct_id: String
          properties: String
        extract:
          from: properties
          columns: { browser: $browser, duration: { key: $duration, type: Float64 } }
          rest: properties_map
        select:
          day: { type: Date, expr: toDate(timestamp) }
        legs:
          - { broker: msk, topic: events, group: clickhouse_events,        consumers: 2, partitions: 8, settings: { kafka_flush_interval_ms: 7500 } }
          - { broker: warpstream, name: ws, topic: events, group: clickhouse_events_ws }
        into:
          table: events
          engine: ReplacingMergeTree(timestamp)
          partition_by: toYYYYMM(timestamp)
          order_by: [toDate(timestamp), distinct_id]
          shard_by: sipHash64(distinct_id)
          columns:
            lower_browser: { type: String, materialized: lower(browser) }
          omit: [properties]
          settings: { index_granularity: 8192 }
        errors: { table: ingestion_errors }
        """;

    public const string Schema = """
        -- role: data, query
        CREATE VIEW analytics.recent AS
        SELECT 1;
        """;

    public static LoadOptions Options { get; } = new()
    {
        Environment = name => name == "CLICKHOUSE_PASSWORD" ? "s3cret-value" : null,
    };

    public static TempFolder Clickstream() => new TempFolder()
        .With("millrace.yaml", Project)
        .With("fleet.yaml", Fleet)
        .With("pipelines/events.yaml", Events)
        .With("schema/views.sql", Schema);
}
