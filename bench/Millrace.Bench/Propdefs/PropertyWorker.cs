using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Millrace.Kafka;
using Npgsql;
using NpgsqlTypes;

namespace Millrace.Bench.Propdefs;

/// <summary>
/// The yardstick: reads events, keeps what it has seen of every property in memory, and each second upserts those that have
/// changed in one statement. Offsets are committed after that.
/// </summary>
internal sealed class PropertyWorker(BrokerEndpoint broker, NpgsqlDataSource postgres, string topic, string group, string table)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<(long Project, string Event, string Property), (string Type, DateTime Seen)> known = [];
    private readonly HashSet<(long Project, string Event, string Property)> changed = [];
    private long messages;
    private volatile bool stopped;

    public long Messages => Interlocked.Read(ref messages);

    public void Stop() => stopped = true;

    public async Task RunAsync(CancellationToken cancel)
    {
        using var consumer = new KafkaConsumer(broker, group, topic);
        var sinceFlush = Stopwatch.StartNew();
        while (!stopped)
        {
            if (consumer.Consume(Poll) is { } message)
            {
                Take(message.Value.Span);
                Interlocked.Increment(ref messages);
            }

            if (sinceFlush.Elapsed < StreamWay.Flush)
                continue;
            if (changed.Count > 0)
            {
                await UpsertAsync(cancel);
                consumer.Commit();
            }

            sinceFlush.Restart();
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        var (project, name) = (root.GetProperty("project_id").GetInt64(), root.GetProperty("event").GetString()!);
        var seen = DateTime.Parse(root.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        using var properties = JsonDocument.Parse(root.GetProperty("properties").GetString()!);
        foreach (var property in properties.RootElement.EnumerateObject())
        {
            var key = (project, name, property.Name);
            var before = known.GetValueOrDefault(key, ("", DateTime.MinValue));
            var now = (TypeOf(property.Value), seen > before.Item2 ? seen : before.Item2);
            if (now == before)
                continue;
            known[key] = now;
            changed.Add(key);
        }
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "String",
        JsonValueKind.True or JsonValueKind.False => "Bool",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "Int64" : "Double",
        _ => value.ValueKind.ToString(),
    };

    private async Task UpsertAsync(CancellationToken cancel)
    {
        var keys = changed.Order().ToArray();
        await using var command = postgres.CreateCommand($"""
            INSERT INTO {table} (project_id, event, property, property_type, "timestamp")
            SELECT * FROM unnest($1, $2, $3, $4, $5)
            ON CONFLICT (project_id, event, property) DO UPDATE
            SET property_type = EXCLUDED.property_type, "timestamp" = GREATEST({table}."timestamp", EXCLUDED."timestamp")
            WHERE {table}.property_type IS DISTINCT FROM EXCLUDED.property_type OR {table}."timestamp" < EXCLUDED."timestamp"
            """);
        Add(command, keys.Select(key => key.Project).ToArray(), NpgsqlDbType.Bigint);
        Add(command, keys.Select(key => key.Event).ToArray(), NpgsqlDbType.Text);
        Add(command, keys.Select(key => key.Property).ToArray(), NpgsqlDbType.Text);
        Add(command, keys.Select(key => known[key].Type).ToArray(), NpgsqlDbType.Text);
        Add(command, keys.Select(key => known[key].Seen).ToArray(), NpgsqlDbType.TimestampTz);
        await command.ExecuteNonQueryAsync(cancel);
        changed.Clear();
    }

    private static void Add<T>(NpgsqlCommand command, T[] values, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
