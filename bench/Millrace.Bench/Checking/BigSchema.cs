using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lab;
using Millrace.Engine.Lineage;

namespace Millrace.Bench.Checking;

/// <summary>
/// A schema of a thousand objects on three roles, as streams have them: Kafka tables, replicas, proxies, rollups, dictionaries.
/// One more statement is no good, and must hide nothing.
/// </summary>
internal static class BigSchema
{
    private const int Streams = 100;

    private const int Objects = Streams * 10;

    public static async Task<JsonObject> MeasureAsync(ILabHost host, CancellationToken cancel)
    {
        var world = WorldDeclaration.Of(Schema(), "schema.sql", "default");
        return new JsonObject
        {
            ["objects"] = Objects,
            ["load_seconds"] = await SecondsAsync(() => LoadAsync(host, world, cancel)),
            ["lineage_seconds"] = await SecondsAsync(() => TraceAsync(host, world, cancel)),
            ["seconds"] = await SecondsAsync(() => CheckAsync(host, world, cancel)),
        };
    }

    private static async Task LoadAsync(ILabHost host, WorldDeclaration world, CancellationToken cancel)
    {
        await using var lab = await ChangeLab.StartAsync(host, cancel, world);
        if (await lab.LoadAsync(world, cancel) is not [var one])
            throw new InvalidOperationException("other statements than the one that is no good were refused");
        if (!one.Statement.Sql.Contains("no_good", StringComparison.Ordinal))
            throw new InvalidOperationException($"refused: {one.Statement.Sql}: {one.Fault}");
    }

    private static async Task TraceAsync(ILabHost host, WorldDeclaration world, CancellationToken cancel)
    {
        var graph = await new LineageLab(host).TraceAsync(world, null, cancel);
        if (graph.Nodes.Count(node => node.Role.Length > 0 && node.Fault is null) != Objects)
            throw new InvalidOperationException($"the graph has {graph.Nodes.Length} nodes");
    }

    private static async Task CheckAsync(ILabHost host, WorldDeclaration world, CancellationToken cancel)
    {
        var change = Statements.Read("ALTER TABLE store_77 MODIFY COLUMN amount Int64;", "change.sql");
        await using var lab = await ChangeLab.StartAsync(host, cancel, world);
        var report = await lab.CheckScriptAsync(world, change, cancel);
        if (report.Objects != Objects || report.Findings.All(finding => finding.Code is not ("MR301" or "MR304")))
            throw new InvalidOperationException($"the change of the big schema was not noticed among {report.Objects} objects");
    }

    private static async Task<double> SecondsAsync(Func<Task> run)
    {
        var started = Stopwatch.GetTimestamp();
        await run();
        return Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2);
    }

    private static string Schema()
    {
        var text = new StringBuilder("-- role: data\nCREATE VIEW no_good AS SELECT nobody_knows(1);\n");
        for (var i = 0; i < Streams; i++)
            text.Append($$"""
                -- role: events
                CREATE TABLE kafka_{{i}} (id UInt64, at DateTime, name String, amount UInt32, properties String) ENGINE = Kafka('b:9092', 'topic_{{i}}', 'g', 'JSONEachRow');
                CREATE TABLE writable_{{i}} (id UInt64, at DateTime, name String, amount UInt32, properties String) ENGINE = Distributed('data', 'default', 'store_{{i}}', id);
                CREATE MATERIALIZED VIEW kafka_mv_{{i}} TO writable_{{i}} AS SELECT id, at, name, amount, properties FROM kafka_{{i}};
                -- role: data
                CREATE TABLE store_{{i}} ON CLUSTER data (id UInt64, at DateTime, name LowCardinality(String), amount UInt32, properties String,
                  browser String MATERIALIZED JSONExtractString(properties, 'browser'))
                  ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/store_{{i}}', '{replica}') PARTITION BY toYYYYMM(at) ORDER BY (id, at);
                CREATE TABLE daily_{{i}} ON CLUSTER data (day Date, name String, amount UInt32, rows UInt64, users AggregateFunction(uniq, UInt64))
                  ENGINE = ReplicatedAggregatingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}') ORDER BY (day, name);
                CREATE MATERIALIZED VIEW daily_mv_{{i}} TO daily_{{i}} AS
                  SELECT toDate(at) AS day, name, max(amount) AS amount, count() AS rows, uniqState(id) AS users FROM store_{{i}} GROUP BY day, name;
                CREATE TABLE dist_{{i}} (id UInt64, at DateTime, name LowCardinality(String), amount UInt32, properties String, browser String) ENGINE = Distributed('data', 'default', 'store_{{i}}', id);
                CREATE DICTIONARY names_{{i}} (id UInt64, name String) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 'store_{{i}}' DB 'default')) LAYOUT(HASHED()) LIFETIME(300);
                -- role: query
                CREATE TABLE daily_{{i}} (day Date, name String, amount UInt32, rows UInt64, users AggregateFunction(uniq, UInt64)) ENGINE = Distributed('data', 'default', 'daily_{{i}}');
                CREATE VIEW report_{{i}} AS SELECT day, name, max(amount) AS most, uniqMerge(users) AS users FROM daily_{{i}} GROUP BY day, name;

                """);
        return text.ToString();
    }
}
