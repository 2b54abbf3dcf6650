using System.Globalization;
using System.Text;
using Millrace.DevCluster;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.DevCluster;

public sealed class EmbeddedClusterTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private EmbeddedCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task Every_node_carries_the_macros_of_its_role()
    {
        foreach (var node in Cluster.Fleet.Nodes)
            Assert.Equal($"{node.Role}\t{node.Name}", await node.Http.AskAsync("SELECT getMacro('hostClusterRole'), getMacro('replica')"));
        Assert.Equal("1", await Cluster.Http("data-1").AskAsync("SELECT getMacro('shard')"));
        Assert.Equal("2", await Cluster.Http("data-2").AskAsync("SELECT getMacro('shard')"));
    }

    [Fact]
    public async Task Every_node_knows_the_clusters_of_the_fleet()
    {
        foreach (var node in Cluster.Fleet.Nodes)
            Assert.Equal(
                "data\t2\ndata_single\t1\nevents\t2\nquery\t1",
                await node.Http.AskAsync("SELECT cluster, max(shard_num) FROM system.clusters GROUP BY cluster ORDER BY cluster"));
    }

    [Fact]
    public async Task Only_ingestion_nodes_insert_in_the_foreground()
    {
        foreach (var node in Cluster.Fleet.Nodes)
            Assert.Equal(node.Role == "events" ? "true" : "false", await node.Http.AskAsync("SELECT getSetting('distributed_foreground_insert')"));
    }

    [Fact]
    public async Task Rows_inserted_on_a_stateless_node_are_on_both_shards_when_the_insert_returns()
    {
        foreach (var storage in Cluster.Fleet.NodesOf("data"))
            await storage.Http.AskAsync("CREATE TABLE spread (id UInt64) ENGINE = MergeTree ORDER BY id");
        var ingestion = Cluster.Http("events-1");
        await ingestion.AskAsync("CREATE TABLE writable_spread (id UInt64) ENGINE = Distributed(data, default, spread, id)");
        await ingestion.AskAsync("INSERT INTO writable_spread SELECT number FROM numbers(1000)");

        Assert.Equal("500", await Cluster.Http("data-1").AskAsync("SELECT count() FROM spread"));
        Assert.Equal("500", await Cluster.Http("data-2").AskAsync("SELECT count() FROM spread"));
        Assert.Equal("1000", await Cluster.Http("query-1").AskAsync("SELECT count() FROM cluster('data', default.spread)"));
    }

    [Fact]
    public async Task Two_ingestion_nodes_share_one_consumer_group()
    {
        foreach (var storage in Cluster.Fleet.NodesOf("data"))
            await storage.Http.AskAsync("CREATE TABLE numbers (id UInt64, host String) ENGINE = MergeTree ORDER BY id");
        var ingestion = Cluster.Fleet.NodesOf("events").Select(n => n.Http).ToArray();
        foreach (var node in ingestion)
            await ConsumeAsync(node);
        foreach (var node in ingestion)
            await node.AskUntilAsync("SELECT sum(length(assignments.partition_id)) FROM system.kafka_consumers", "2");

        Produce(10_000);
        var query = Cluster.Http("query-1");
        await query.AskUntilAsync("SELECT uniqExact(id) FROM cluster('data', default.numbers)", "10000");
        // A commit that fails on a busy machine delivers a block again; two groups would deliver everything twice.
        Assert.InRange(long.Parse(await query.AskAsync("SELECT count() FROM cluster('data', default.numbers)"), CultureInfo.InvariantCulture), 10_000, 19_999);
        Assert.Equal("events-1\nevents-2", await query.AskAsync("SELECT DISTINCT host FROM cluster('data', default.numbers) ORDER BY host"));
        await AssertAllCommittedAsync();
    }

    [Fact]
    public async Task A_node_that_was_killed_and_wiped_starts_blank_on_its_old_ports()
    {
        var node = Cluster.Http("query-1");
        await node.AskAsync("CREATE TABLE remembered (x UInt8) ENGINE = MergeTree ORDER BY x");
        await node.AskAsync("SYSTEM FLUSH LOGS");

        await Cluster.KillAsync("query-1");
        await Assert.ThrowsAsync<HttpRequestException>(() => node.AskAsync("SELECT 1"));
        await Cluster.StartAsync("query-1", TestContext.Current.CancellationToken);
        Assert.Equal("1", await node.AskAsync("EXISTS TABLE remembered"));
        await node.AskAsync("INSERT INTO remembered VALUES (1)");
        await node.AskAsync("SYSTEM FLUSH LOGS");
        Assert.Equal("2", await node.AskAsync("SELECT count() FROM system.tables WHERE database = 'system' AND name IN ('part_log', 'query_log')"));

        await Cluster.KillAsync("query-1");
        Cluster.Wipe("query-1");
        await Cluster.StartAsync("query-1", TestContext.Current.CancellationToken);
        Assert.Equal("0", await node.AskAsync("EXISTS TABLE remembered"));
        Assert.Equal("query", await node.AskAsync("SELECT getMacro('hostClusterRole')"));
    }

    [Fact]
    public async Task A_paused_node_takes_connections_and_answers_when_it_is_resumed()
    {
        Cluster.Pause("query-1");
        var answer = Cluster.Http("query-1").AskAsync("SELECT 1");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(answer.IsCompleted);
        Cluster.Resume("query-1");
        Assert.Equal("1", await answer);
    }

    private static async Task ConsumeAsync(Uri node)
    {
        await node.AskAsync("CREATE TABLE writable_numbers (id UInt64, host String) ENGINE = Distributed(data, default, numbers, id)");
        await node.AskAsync(
            """
            CREATE TABLE kafka_numbers (id UInt64) ENGINE = Kafka(msk)
            SETTINGS kafka_topic_list = 'numbers', kafka_group_name = 'numbers', kafka_format = 'JSONEachRow',
                kafka_num_consumers = 2, kafka_thread_per_consumer = 1, kafka_flush_interval_ms = 500
            """);
        await node.AskAsync(
            "CREATE MATERIALIZED VIEW numbers_mv TO writable_numbers AS SELECT id, getMacro('replica') AS host FROM kafka_numbers");
    }

    private void Produce(int messages)
    {
        using var producer = new KafkaProducer(new BrokerEndpoint(Cluster.Bootstrap("msk")));
        for (var i = 0; i < messages; i++)
            producer.Produce("numbers", Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{i}}}""")), partition: i % 4);
        producer.Flush(TimeSpan.FromSeconds(20));
    }

    private async Task AssertAllCommittedAsync()
    {
        using var facts = new BrokerFacts(new BrokerEndpoint(Cluster.Bootstrap("msk")));
        await Patience.UntilAsync(
            async () => (await facts.PositionsAsync("numbers", "numbers", TestContext.Current.CancellationToken)).All(p => p is { Lag: 0, Committed: 2500 }),
            () => "the group did not commit all offsets");
    }
}
