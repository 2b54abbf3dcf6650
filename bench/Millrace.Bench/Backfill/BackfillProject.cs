using Millrace.Core.Model;
using Millrace.DevCluster;

namespace Millrace.Bench.Backfill;

/// <summary>One stream with a chain of three rollups.</summary>
internal static class BackfillProject
{
    public const string Topic = "events";
    public const int Partitions = 4;

    /// <summary>The first id of rows that were there before; live ones count up from 0.</summary>
    public const long FirstOldId = 1_000_000_000;

    /// <summary>The values of a row, as SQL over its id; the same in the pipeline and for rows that were there before.</summary>
    public const string Values =
        "toDateTime('2024-01-01 00:00:00', 'UTC') + intDiv(id * 2654435761 % 4294967296, 420) AS time, id % 50 AS team, id * 48271 % 20011 AS user, toUInt32(id % 1000) AS amount";

    /// <summary>Each level with its key over the raw rows.</summary>
    public static IReadOnlyList<(string Rollup, string Key)> Levels { get; } =
    [
        ("hourly", "toStartOfHour(time) AS hour, team"), ("daily", "toDate(time) AS day, team"), ("monthly", "toStartOfMonth(toDate(time)) AS month, team"),
    ];

    /// <param name="body">All but its name.</param>
    public static void WriteRollup(string folder, string name, string body) =>
        File.WriteAllText(Path.Combine(folder, "rollups", $"{name}.yaml"), $"rollup: {name}\n{body}");

    /// <summary>The stream: short flushes make many small INSERTs to cut between, long ones are what a fleet should have.</summary>
    public static void WriteStream(string folder, int flushMilliseconds) =>
        File.WriteAllText(Path.Combine(folder, "pipelines", "events.yaml"), $$"""
            pipeline: events
            role: events
            columns: { id: UInt64, body: String }
            select:
              time: { type: "DateTime('UTC')", expr: "toDateTime('2024-01-01 00:00:00', 'UTC') + intDiv(id * 2654435761 % 4294967296, 420)" }
              team: { type: UInt64, expr: id % 50 }
              user: { type: UInt64, expr: id * 48271 % 20011 }
              amount: { type: UInt32, expr: toUInt32(id % 1000) }
              arrived: { type: DateTime64(3), expr: now64(3) }
            legs:
              - { broker: msk, topic: {{Topic}}, group: fill, partitions: {{Partitions}}, settings: { kafka_flush_interval_ms: {{flushMilliseconds}} } }
            into: { table: events, engine: MergeTree, partition_by: toYYYYMM(time), order_by: [team, time], shard_by: sipHash64(id) }
            errors: { table: events_errors }
            """);

    public static void Write(string folder, Fleet fleet)
    {
        Directory.CreateDirectory(Path.Combine(folder, "pipelines"));
        Directory.CreateDirectory(Path.Combine(folder, "rollups"));
        File.WriteAllText(Path.Combine(folder, "millrace.yaml"), "name: fill\n");
        FleetFile.Write(folder, fleet, passwordVariable: null);
        WriteStream(folder, flushMilliseconds: 500);
        Rollup("hourly", "events", "hour: toStartOfHour(time)", "events: count(), amount: sum(amount), users: uniq(user), largest: max(amount)", "toYYYYMM(hour)");
        Rollup("daily", "hourly", "day: toDate(hour)", "events: events, amount: amount, users: users, largest: largest", "toYYYYMM(day)");
        Rollup("monthly", "daily", "month: toStartOfMonth(day)", "events: events, amount: amount, users: users, largest: largest", "toYear(month)");

        void Rollup(string name, string from, string key, string aggregates, string partitionBy) => WriteRollup(folder, name, $$"""
            from: {{from}}
            group_by: { {{key}}, team: team }
            aggregates: { {{aggregates}} }
            into: { partition_by: {{partitionBy}} }
            """);
    }
}
