using System.Text;
using System.Text.Json;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Sinks;

/// <summary>One stream with several sinks: three on one consumption, and one that consumes on its own.</summary>
[Collection(SinkCollection.Name)]
[Trait("Kind", "Proof")]
public sealed class SeveralSinksTests(SinkFixture fleet)
{
    private const string Table = "SELECT count(), sum(amount) FROM analytics.orders FINAL";
    private const string Zips = "SELECT count() FROM analytics.orders FINAL WHERE zip = 'z'";
    private const string Alone = "SELECT uniqExact(id) FROM analytics.orders_alone";
    private const string Cities = "SELECT string_agg(city || '=' || amount, ' ' ORDER BY city) FROM cities";

    private int sent;

    [Fact]
    public async Task Every_sink_gets_every_row_and_only_those_of_one_consumption_wait_for_each_other()
    {
        await fleet.SqlAsync("CREATE TABLE cities (city text PRIMARY KEY, amount bigint)");
        fleet.Declare("pipelines/orders.yaml", Pipeline(Also));
        await fleet.ApplyAsync();
        Send(199, "poison");
        SendWithHeader("trace", "7");
        await ExpectAsync(200);
        var messages = await fleet.ReadTopicAsync("orders_by_city", 150);
        Assert.Equal(Enumerable.Range(0, 200).Where(HasCity), messages.Select(message => Id(message.Value)).Distinct().Order());
        // ClickHouse's producer sends none, so what is to be kept of them is in the message.
        var traced = messages.First(message => Id(message.Value) == 199);
        Assert.Empty(traced.Headers);
        Assert.Equal("7", JsonDocument.Parse(traced.Value).RootElement.GetProperty("headers").GetProperty("trace").GetString());
        await fleet.ExpectAsync("data-1", "SELECT arraySort(groupUniqArray(pipeline)) FROM analytics.ingestion_errors WHERE pipeline LIKE 'orders%'", "['orders','orders_alone']");

        // Postgres is away: its sink holds up the table beside it, and not the one that consumes on its own.
        await fleet.Cluster.KillPostgresAsync();
        Send(100);
        await fleet.ExpectAsync("data-1", Alone, "300");
        await fleet.ExpectAsync(
            "events-1", "SELECT sum(length(exceptions.text)) > 0 FROM clusterAllReplicas('events', system.kafka_consumers) WHERE table = 'kafka_orders'", "1");
        Assert.True(await fleet.LagAsync("orders", "orders") >= 100);
        await fleet.Cluster.EnsureAsync(cancel: TestContext.Current.CancellationToken);
        await ExpectAsync(300);

        // One property more: the stream table is another one, and the views of all sinks have followed it.
        fleet.Declare("pipelines/orders.yaml", Pipeline(Also, "zip: zip, "));
        await fleet.ApplyAsync();
        Send(100);
        await ExpectAsync(400);
        await fleet.ExpectAsync("data-1", Zips, "100");
        await fleet.ExpectSqlAsync("SELECT count(*) FROM cities WHERE amount >= 390", "4");

        var lineage = (await fleet.RunAsync("lineage", "stream_orders")).Output;
        Assert.All(
            ["kafka_orders", "orders_mv", "orders_into_mv", "writable_orders", "orders_by_city_mv", "topic orders_by_city", "orders_cities_mv", "postgres_orders_cities"],
            name => Assert.Contains(name, lineage, StringComparison.Ordinal));

        // Back to one sink while rows come in: none is lost on the way.
        var sending = Task.Run(() => Send(300), TestContext.Current.CancellationToken);
        fleet.Declare("pipelines/orders.yaml", Pipeline("", "zip: zip, "));
        await fleet.ApplyAsync();
        await sending;
        await fleet.ExpectAsync("data-1", Table, $"700\t{700 * 699 / 2}");
        await fleet.ExpectAsync("data-1", Zips, "400");
    }

    private async Task ExpectAsync(int rows)
    {
        await fleet.ExpectAsync("data-1", Table, $"{rows}\t{rows * (rows - 1) / 2}");
        await fleet.ExpectAsync("data-1", Alone, $"{rows}");
        await fleet.ExpectSqlAsync(Cities, string.Join(' ', Enumerable.Range(0, 4).Select(city => $"{(city == 0 ? "" : $"c{city}")}={rows - 4 + city}")));
    }

    private void Send(int count, params string[] more)
    {
        fleet.Send("orders", [.. Enumerable.Range(sent, count).Select(Order), .. more]);
        sent += count;
    }

    private void SendWithHeader(string name, string value)
    {
        using var producer = fleet.Producer();
        producer.Produce("orders", Encoding.UTF8.GetBytes(Order(sent++)), headers: [new KafkaHeader(name, Encoding.UTF8.GetBytes(value))], partition: 0);
        producer.Flush(TimeSpan.FromSeconds(20));
    }

    private static bool HasCity(int id) => id % 4 != 0;

    private static int Id(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json).RootElement.GetProperty("id").GetInt32();

    private static string Order(int id) =>
        JsonSerializer.Serialize(new { id, body = JsonSerializer.Serialize(new { city = HasCity(id) ? $"c{id % 4}" : "", amount = id, zip = "z" }) });

    private static string Pipeline(string also, string zip = "") => $$"""
        pipeline: orders
        role: events
        columns: { id: Int64, body: String }
        extract: { from: body, columns: { city: city, {{zip}}amount: { key: amount, type: Int64 } } }
        legs: [{ broker: msk, topic: orders, group: orders, settings: { kafka_flush_interval_ms: 300 } }]
        into: { table: orders, engine: ReplacingMergeTree, order_by: [id], omit: [body] }
        {{also}}
        errors: { table: ingestion_errors }
        """;

    private const string Also = """
        also:
          by_city:
            where: notEmpty(city)
            select: { headers: { type: "Map(String, String)", expr: "mapFromArrays(_headers.name, _headers.value)" } }
            into: { kafka: { broker: msk, topic: orders_by_city, key: city, omit: [body] } }
          cities:
            into: { postgres: { connection: main, table: cities, keys: [city], update: { amount: max } } }
          alone:
            group: orders_alone
            into: { table: orders_alone, engine: MergeTree, order_by: [id] }
        """;
}
