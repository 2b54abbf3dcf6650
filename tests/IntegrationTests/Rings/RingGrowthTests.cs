using System.Globalization;
using System.Text.Json.Nodes;
using Millrace.Core.Model;
using Millrace.Engine.Specs;
using Millrace.HashRing;
using Millrace.Kafka;
using Xunit;
using LiveFleet = Millrace.IntegrationTests.Apply.Streams;

namespace Millrace.IntegrationTests.Rings;

/// <summary>A ring grows by a shard while rows stream in, through the real tool.</summary>
[Trait("Kind", "Proof")]
public sealed class RingGrowthTests
{
    private const string Stream = "mail";

    private static readonly string[] Types = ["sent", "delivered", "opened"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Growing_moves_the_fewest_layers_loses_no_row_and_skips_shards_only_while_that_is_true()
    {
        await using var streams = await LiveFleet.UpAsync(LiveFleet.Spec(3, 1, Stream), Cancel);
        Declare(streams, out var ring);
        var two = RingLock.Begin("main", new VirtualLayers(32), [new(1), new(2)], DateTimeOffset.UnixEpoch, "ann", "start");
        RingFile.Write(streams.Folder, ring, two);
        await RunAsync(streams, "apply", "--yes");
        Produce(streams, 0, 600);
        await streams.Cluster.Http("data-1").AskUntilAsync($"SELECT uniqExact(id) FROM demo.{Stream}", "600");
        Assert.Equal(600, await CheckAsync(streams, two.Current.Assignment, 0, 600));
        await RefusesToSkipUnlessTrueAsync(streams, isTrue: true);

        var grown = await RunAsync(streams, "ring", "apply", "main", "--add-shard", "3", "--why", "more room", "--by", "bob");
        Assert.Contains("10 of 32 layers move, 31% of the keys: the fewest that balance allows", grown, StringComparison.Ordinal);
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            var producing = ProduceUntilAsync(streams, 600, stop.Token);
            await RunAsync(streams, "apply", "--yes");
            await stop.CancelAsync();
            var last = await producing;
            Produce(streams, last, last + 600);
            await streams.Cluster.Http("data-1").AskUntilAsync($"SELECT uniqExact(id) FROM demo.{Stream}", $"{last + 600}");
            var three = RingLockJson.Parse(await File.ReadAllTextAsync(Path.Combine(streams.Folder, ring.LockFile), Cancel));
            Assert.Equal(("bob", "more room", 2), (three.Current.By, three.Current.Why, three.Current.Number));
            Assert.Equal(600, await CheckAsync(streams, two.Current.Assignment, 0, 600));
            Assert.Equal(600, await CheckAsync(streams, three.Current.Assignment, last, last + 600));
        }

        await RefusesToSkipUnlessTrueAsync(streams, isTrue: false);
        await SimulatesTheSameFromTopicAndTableAsync(streams);
        await SettlesOnceRowsAreInPlaceAsync(streams, ring);
    }

    private static async Task SimulatesTheSameFromTopicAndTableAsync(LiveFleet streams)
    {
        foreach (var source in new[] { "--topic", "--table" })
        {
            var keys = JsonNode.Parse(await RunAsync(streams, "ring", "simulate", "main", source, Stream, "--key", "customer", "--key", "customer,type", "--json"))!["keys"]!.AsArray();
            Assert.Equal(["customer", "customer+type"], keys.Select(key => (string)key!["key"]!));
            Assert.All(keys, key => Assert.InRange((double)key!["max_over_mean"]!, 1, 3));
            Assert.Equal(10, keys[0]!["hottest"]!.AsArray().Count);
        }
    }

    private static async Task SettlesOnceRowsAreInPlaceAsync(LiveFleet streams, Ring ring)
    {
        var early = await streams.RunAsync("ring", "settle", "main");
        Assert.Equal(1, early.Exit);
        Assert.Contains("rows of mail are on shard 1 and belong on others", early.Output, StringComparison.Ordinal);
        var held = RingLockJson.Parse(await File.ReadAllTextAsync(Path.Combine(streams.Folder, ring.LockFile), Cancel));
        foreach (var shard in new[] { 1, 2 })
            await streams.QueryAsync(
                $"data-{shard}",
                $"ALTER TABLE demo.sharded_{Stream} DELETE WHERE NOT has([{string.Join(", ", held.Current.Assignment.LayersOf(shard))}], sipHash64(customer, type) % 32) SETTINGS mutations_sync = 1");
        await RunAsync(streams, "ring", "settle", "main");
        await RunAsync(streams, "apply", "--yes");
        await RefusesToSkipUnlessTrueAsync(streams, isTrue: true);
    }

    /// <summary>With <c>force_optimize_skip_unused_shards = 2</c> a server fails rather than ask all shards.</summary>
    private static async Task RefusesToSkipUnlessTrueAsync(LiveFleet streams, bool isTrue)
    {
        var sql = $"SELECT uniqExact(_shard_num) FROM demo.{Stream} WHERE customer = 7 AND type = 'sent' SETTINGS optimize_skip_unused_shards = 1, force_optimize_skip_unused_shards = 2";
        if (isTrue)
            Assert.Equal("1", await streams.QueryAsync("data-1", sql));
        else
            Assert.Contains("sharding key", (await Assert.ThrowsAsync<InvalidOperationException>(() => streams.QueryAsync("data-1", sql))).Message, StringComparison.OrdinalIgnoreCase);
    }

    private static void Declare(LiveFleet streams, out Ring ring)
    {
        File.AppendAllText(Path.Combine(streams.Folder, "fleet.yaml"), "rings: { main: { cluster: data } }\n");
        File.WriteAllText(Path.Combine(streams.Folder, "pipelines", "mail.yaml"), $$"""
            pipeline: mail
            role: events
            columns: { id: UInt64, customer: Int64, type: LowCardinality(String) }
            legs:
              - { broker: msk, topic: {{Stream}}, group: g, settings: { kafka_flush_interval_ms: 200, kafka_poll_timeout_ms: 100 } }
            into: { table: {{Stream}}, engine: ReplacingMergeTree, order_by: [customer, type, id], shard_by: { ring: main, key: [customer, type] } }
            errors: { table: ingestion_errors }
            """);
        ring = new Ring { Name = "main", Cluster = "data", LockFile = Ring.DefaultLockFile("main") };
    }

    private static async Task<string> RunAsync(LiveFleet streams, params string[] arguments)
    {
        var (exit, output, errors) = await streams.RunAsync(arguments);
        Assert.True(exit == 0, $"{string.Join(' ', arguments)}: exit {exit}\n{output}\n{errors}");
        return output;
    }

    /// <summary>Every row of the range is on the shard that the library says; returns how many there are.</summary>
    private static async Task<int> CheckAsync(LiveFleet streams, Assignment assignment, int from, int to)
    {
        var seen = 0;
        foreach (var shard in new[] { 1, 2, 3 })
        {
            var rows = await streams.QueryAsync($"data-{shard}", $"SELECT DISTINCT id, customer, type FROM demo.sharded_{Stream} WHERE id >= {from} AND id < {to} FORMAT TSV");
            foreach (var row in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')))
            {
                Assert.Equal(shard, assignment.ShardOf(RingKey.Of.Int64(long.Parse(row[1], CultureInfo.InvariantCulture)).String(row[2])));
                seen++;
            }
        }

        return seen;
    }

    private static void Produce(LiveFleet streams, int from, int to)
    {
        using var producer = new KafkaProducer(new BrokerEndpoint(streams.Cluster.Bootstrap("msk")));
        for (var id = from; id < to; id++)
            producer.Produce(Stream, Message(id), partition: id % 2);
        producer.Flush(TimeSpan.FromSeconds(20));
    }

    private static async Task<int> ProduceUntilAsync(LiveFleet streams, int from, CancellationToken stop)
    {
        var next = from;
        for (; !stop.IsCancellationRequested; next += 20)
        {
            Produce(streams, next, next + 20);
            await Task.Delay(100, CancellationToken.None);
        }

        return next;
    }

    private static byte[] Message(int id) =>
        System.Text.Encoding.UTF8.GetBytes($$"""{"id":{{id}},"customer":{{id % 50}},"type":"{{Types[id % 3]}}"}""");
}
