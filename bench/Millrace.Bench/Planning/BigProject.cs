using System.Text;

namespace Millrace.Bench.Planning;

/// <summary>
/// A project as large fleets have them: 100 pipelines of 22 columns each, half of them extracted from JSON, on 50 storage,
/// 40 ingestion and 10 query nodes. Every node holds something of every pipeline.
/// </summary>
public static class BigProject
{
    public const int Pipelines = 100;

    public const string RoleList = "data=50,events=40,query=10";

    private static readonly string[] Products = ["web", "mobile", "billing", "search", "mail", "push", "sms", "survey", "ads", "audit"];

    private static readonly string[] Kinds =
        ["events", "sessions", "clicks", "errors", "replays", "exports", "invites", "lookups", "payments", "profiles"];

    /// <summary>Writes the project into <paramref name="folder"/>.</summary>
    public static void Write(string folder, IReadOnlyList<SimulatedAddress> nodes)
    {
        Directory.CreateDirectory(Path.Combine(folder, "pipelines"));
        File.WriteAllText(Path.Combine(folder, "millrace.yaml"), "name: clickstream\noldest_server: 25.8\n");
        File.WriteAllText(Path.Combine(folder, "fleet.yaml"), Fleet(nodes));
        foreach (var name in from product in Products from kind in Kinds select $"{product}_{kind}")
            File.WriteAllText(Path.Combine(folder, "pipelines", name + ".yaml"), Pipeline(name));
    }

    /// <summary>One stream gets one column more.</summary>
    public static void ChangeOne(string folder)
    {
        var file = Path.Combine(folder, "pipelines", $"{Products[0]}_{Kinds[0]}.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            "select:\n", "select:\n  hour: { type: DateTime, expr: toStartOfHour(timestamp) }\n", StringComparison.Ordinal));
    }

    private static string Fleet(IReadOnlyList<SimulatedAddress> nodes)
    {
        var text = new StringBuilder("""
            roles:
              data: { kind: storage, cores: 16 }
              events: { kind: ingestion, cores: 8 }
              query: { kind: query }
            clusters:
              data: { role: data, replicated: true }
              data_single: { role: data, single_shard: true, replicated: true, nodes: [data-1, data-2] }
            brokers:
              msk: { collection: msk }
              warpstream: { collection: warpstream }
            nodes:

            """);
        foreach (var node in nodes)
            text.Append($"  {node.Role}-{node.Number}: {{ role: {node.Role}, {Shard(node)}http: \"{node.Http}\", native: {node.Role}-{node.Number}:9000 }}\n");
        return text.ToString();
    }

    /// <summary>Two replicas of each shard.</summary>
    private static string Shard(SimulatedAddress node) =>
        node.Role == "data" ? $"shard: {(node.Number + 1) / 2}, replica: r{(node.Number + 1) % 2}, " : "";

    private static string Pipeline(string name) => $$"""
        pipeline: {{name}}
        role: events
        columns:
          uuid: UUID
          event: LowCardinality(String)
          team_id: Int64
          distinct_id: String
          timestamp: DateTime64(6, 'UTC')
          created_at: DateTime64(3, 'UTC')
          person_id: UUID
          elements: { type: String, codec: ZSTD(3) }
          properties: { type: String, codec: ZSTD(3) }
        extract:
          from: properties
          columns:
            mat_browser: $browser
            mat_os: $os
            mat_device: $device_type
            mat_url: $current_url
            mat_referrer: $referrer
            mat_country: $geoip_country_code
            mat_session: $session_id
            mat_duration: { key: $duration, type: Float64 }
            mat_price: { key: price, type: "Decimal(18, 4)" }
            mat_screen_width: { key: $screen_width, type: Nullable(UInt32) }
            mat_time: { key: $time, type: "DateTime64(3, 'UTC')" }
          rest: properties_map
        select:
          day: { type: Date, expr: toDate(timestamp) }
        legs:
          - { broker: msk, topic: {{name}}, group: clickhouse_{{name}}, consumers: 4, partitions: 256 }
        into:
          table: {{name}}
          engine: ReplacingMergeTree(_timestamp)
          partition_by: toYYYYMM(timestamp)
          order_by: [team_id, toDate(timestamp), event, cityHash64(distinct_id), cityHash64(uuid)]
          shard_by: sipHash64(distinct_id)
          ttl: toDateTime(timestamp) + INTERVAL 1 YEAR
        errors: { table: ingestion_errors }
        """;
}
