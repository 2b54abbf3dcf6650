using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lab;

namespace Millrace.Bench.Checking;

/// <summary>A schema of a thousand objects, and a change in the middle of it.</summary>
internal static class BigSchema
{

    private const int Streams = 200;

    public static async Task<JsonObject> MeasureAsync(ILabHost host, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var world = WorldDeclaration.Of(Schema(), "schema.sql", "default");
        var change = Statements.Read("ALTER TABLE stream_77 MODIFY COLUMN amount Int64;", "change.sql");
        await using var lab = await ChangeLab.StartAsync(host, cancel, world);
        var report = await lab.CheckScriptAsync(world, change, cancel);
        if (report.Findings.IsEmpty || !report.Refused.IsEmpty)
            throw new InvalidOperationException($"the change of the big schema was not noticed; not loaded: {report.Refused.Length}");
        return new JsonObject
        {
            ["objects"] = report.Objects,
            ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2),
        };
    }

    private static string Schema()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Streams; i++)
            text.Append($"""
                CREATE TABLE stream_{i} (id UInt64, at DateTime, name LowCardinality(String), amount UInt32, properties String) ENGINE = MergeTree ORDER BY (id, at);
                CREATE TABLE rows_{i} (id UInt64, day Date, name String, amount UInt32, browser String) ENGINE = MergeTree ORDER BY id;
                CREATE MATERIALIZED VIEW rows_mv_{i} TO rows_{i} AS SELECT id, toDate(at) AS day, name, amount, JSONExtractString(properties, 'browser') AS browser FROM stream_{i};
                CREATE TABLE daily_{i} (day Date, name String, amount UInt64, rows UInt64) ENGINE = SummingMergeTree ORDER BY (day, name);
                CREATE MATERIALIZED VIEW daily_mv_{i} TO daily_{i} AS SELECT day, name, sum(amount) AS amount, count() AS rows FROM rows_{i} GROUP BY day, name;

                """);
        return text.ToString();
    }
}
