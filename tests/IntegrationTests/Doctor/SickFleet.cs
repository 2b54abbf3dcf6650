using System.Diagnostics;
using System.Text;
using Millrace.ClickHouse.Http;
using Millrace.Core.Doctor;
using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Millrace.Embedded;
using Millrace.Engine.Doctor;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;
using Millrace.HashRing;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Doctor;

/// <summary>Three real servers and a broker on which everything is wrong that the doctor can see, examined once.</summary>
public sealed class SickFleet : IAsyncLifetime
{
    private const string Password = "sick-password";

    private static readonly (string Node, string Sql)[] Deeds =
    [
        ("data-1", "CREATE DATABASE d"),
        ("data-1", "CREATE TABLE d.sharded_events (id UInt64, body String) ENGINE = MergeTree ORDER BY id SETTINGS parts_to_delay_insert = 10"),
        ("data-1", "SYSTEM STOP MERGES d.sharded_events"),
        .. Enumerable.Range(0, 12).Select(i => ("data-1", $"INSERT INTO d.sharded_events VALUES ({i}, 'x')")),
        ("data-1", "ATTACH TABLE d.replica UUID '6c1d2f3a-0000-4000-8000-000000000001' (id UInt64) ENGINE = ReplicatedMergeTree('/d/replica', 'data-1') ORDER BY id"),
        ("data-1", "CREATE TABLE d.mutated (id UInt64, body String) ENGINE = MergeTree ORDER BY id"),
        ("data-1", "INSERT INTO d.mutated VALUES (1, 'x')"),
        ("data-1", "ALTER TABLE d.mutated UPDATE body = toString(throwIf(id = 1, 'cannot be')) WHERE 1 SETTINGS mutations_sync = 0"),
        ("data-1", "CREATE TABLE d.copied (id UInt64) ENGINE = MergeTree ORDER BY id"),
        ("data-1", "CREATE MATERIALIZED VIEW d.copier TO d.copied AS SELECT id FROM d.sharded_events"),
        ("data-1", "CREATE TABLE d.sharded_ringed (id UInt64, body String) ENGINE = MergeTree ORDER BY id"),
        ("data-1", "INSERT INTO d.sharded_ringed SELECT number, 'x' FROM numbers(20)"),
        ("events-1", "CREATE DATABASE d"),
        ("events-1", "CREATE TABLE d.writable_events (id UInt64, body String) ENGINE = Distributed('data', 'd', 'sharded_events', id) COMMENT 'millrace:demo:pipelines/events'"),
        ("events-1", "SYSTEM STOP DISTRIBUTED SENDS d.writable_events"),
        ("events-1", "CREATE TABLE d.kafka_events (id UInt64, body String) ENGINE = Kafka(msk, kafka_topic_list = 'events', kafka_group_name = 'g1', kafka_format = 'JSONEachRow') SETTINGS kafka_num_consumers = CONSUMERS, kafka_max_block_size = 1000 COMMENT 'millrace:demo:pipelines/events'"),
        ("events-1", "CREATE TABLE d.kafka_shadow (id UInt64) ENGINE = Kafka(msk, kafka_topic_list = 'events', kafka_group_name = 'g1', kafka_format = 'JSONEachRow')"),
        ("events-1", "CREATE TABLE d.kafka_extra (id UInt64, body String) ENGINE = Kafka(msk, kafka_topic_list = 'other', kafka_group_name = 'x', kafka_format = 'JSONEachRow') SETTINGS kafka_flush_interval_ms = 500"),
        ("events-1", "CREATE MATERIALIZED VIEW d.by_hand TO d.writable_events AS SELECT id, body FROM d.kafka_extra"),
        ("events-1", "CREATE TABLE d.nowhere (id UInt64) ENGINE = Null"),
        ("events-1", "CREATE TABLE d.kafka_dead (id UInt64) ENGINE = Kafka(dead, kafka_topic_list = 'events', kafka_group_name = 'g3', kafka_format = 'JSONEachRow')"),
        ("events-1", "CREATE TABLE d.writable_ringed (id UInt64, body String) ENGINE = Distributed('data', 'd', 'sharded_events', sipHash64(id))"),
        ("query-1", "CREATE DATABASE d"),
        ("query-1", "CREATE TABLE d.kept (id UInt64) ENGINE = MergeTree ORDER BY id"),
        ("query-1", "INSERT INTO d.kept VALUES (1)"),
        ("query-1", "CREATE TABLE d.payments (id UInt64, body String) ENGINE = Distributed('data', 'd', 'sharded_events')"),
        ("events-1", "CREATE MATERIALIZED VIEW d.dead_mv TO d.nowhere AS SELECT id FROM d.kafka_dead"),
    ];

    private readonly TempFolder folder = new();
    private readonly HttpNodeConnector connector = new();
    private readonly List<EmbeddedNode> nodes = [];
    private DevBroker? broker;
    private Project? project;

    public DoctorReport Report { get; private set; } = null!;

    public Project Project => project!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        broker = DevBroker.Start([new TopicSpec("events", 2), new TopicSpec("other", 1)]);
        project = Declare(FreePorts.Take(8), broker.Bootstrap);
        foreach (var node in project.Fleet.Nodes.Take(3))
            nodes.Add(await StartAsync(node));
        foreach (var (node, sql) in Deeds)
            await ExecuteAsync(node, sql.Replace("CONSUMERS", $"{Environment.ProcessorCount + 2}", StringComparison.Ordinal));
        using (var producer = new KafkaProducer(new BrokerEndpoint(broker.Bootstrap)))
        {
            foreach (var topic in new[] { "events", "other" })
                producer.Produce(topic, Encoding.UTF8.GetBytes("""{"id":1,"body":"x"}"""));
            producer.Flush(TimeSpan.FromSeconds(10));
        }

        await ExamineUntilCompleteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        broker?.Dispose();
        connector.Dispose();
        folder.Dispose();
    }

    /// <summary>Consumption, failing mutations and errors of consumers come a moment later.</summary>
    private async Task ExamineUntilCompleteAsync()
    {
        var doctor = new FleetDoctor(connector, new FleetObserver(connector, new ObjectShapeCache()), new BrokerReader(TimeSpan.FromSeconds(2)));
        var limits = new DoctorLimits { StaleConsumer = TimeSpan.Zero, LeastRebalances = 1, RebalancesPerHour = 0, GroupsSettle = TimeSpan.Zero, RingRows = 20 };
        await UntilAsync("MR251", "MR257", "MR259", "MR261");
        // A second member makes the group of `kafka_extra` share its partition out anew.
        using var intruder = new KafkaConsumer(new BrokerEndpoint(broker!.Bootstrap), "x", "other");
        await UntilAsync("MR258");

        Task UntilAsync(params string[] codes) => Patience.UntilAsync(
            async () =>
            {
                Report = await doctor.ExamineAsync(Project, new DoctorOptions { Limits = limits }, Cancel);
                return codes.All(code => Report.Findings.Any(f => f.Code == code));
            },
            () => $"no {string.Join(" or ", codes)} among {string.Join(", ", Report.Findings.Select(f => f.Code))}");
    }

    private Task ExecuteAsync(string node, string sql) => connector
        .Connect(Project.Fleet.Nodes.Single(n => n.Name == node).Http, Project.Fleet.Connect)
        .ExecuteAsync(
            sql,
            new StatementOptions { Idempotent = false, Settings = new Dictionary<string, string> { ["kafka_disable_num_consumers_limit"] = "1" } },
            Cancel);

    private static Project Declare(int[] ports, string bootstrap)
    {
        Node NodeAt(string name, string role, int i, int shard = 0) =>
            new(name, role, new Uri($"http://127.0.0.1:{ports[i]}"), $"127.0.0.1:{ports[i + 1]}", shard);
        Leg LegOn(string broker, string topic, string group) => new() { Name = $"{broker}_{topic}", Broker = broker, Topic = topic, Group = group };
        return new Project
        {
            Name = "demo",
            Database = "d",
            Fleet = new Fleet
            {
                Roles = [new("data", RoleKind.Storage), new("events", RoleKind.Ingestion, BackgroundProfile: "streams"), new("query", RoleKind.Query) { Layer = new QueryLayer { Tables = ["events"] } }],
                Rings = [new Ring { Name = "main", Cluster = "data", LockFile = "rings/main.lock.json", Lock = RingLock.Begin("main", new VirtualLayers(32), [new(1), new(2)], DateTimeOffset.UnixEpoch, "ann", "start") }],
                Clusters =
                [
                    new() { Name = "data", Role = "data", Replicated = true },
                    new() { Name = "data_single", Role = "data", SingleShard = true, Nodes = ["data-1"] },
                ],
                Nodes =
                [
                    NodeAt("data-1", "data", 0, shard: 1),
                    NodeAt("events-1", "events", 2),
                    NodeAt("query-1", "query", 4),
                    NodeAt("data-2", "data", 6, shard: 2), // Not there: all rows of a ring lie on the other shard.
                    new("ghost", "events", new Uri("http://127.0.0.1:1")),
                    new("swapped", "events", new Uri($"http://127.0.0.1:{ports[4]}")),
                ],
                Brokers =
                [
                    new("msk", "msk", bootstrap),
                    new("twin", "twin", bootstrap.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)),
                    new("dead", "dead", "127.0.0.1:1"),
                ],
                Connect = new ConnectOptions { User = "millrace", Password = new Secret(Password), Retries = 0 },
            },
            Pipelines =
            [
                new()
                {
                    Name = "events",
                    Role = "events",
                    Columns = [new("id", "UInt64"), new("body", "String")],
                    Legs =
                    [
                        LegOn("msk", "events", "g1") with { Name = "msk" },
                        LegOn("msk", "event", "g1"),
                        LegOn("twin", "events", "g2"),
                        LegOn("dead", "events", "g3"),
                    ],
                    Into = new TableSink { Table = "events", Engine = "MergeTree", OrderBy = ["id"], ShardBy = "id" },
                    Errors = new ErrorSink("ingestion_errors", "data_single"),
                },
                new()
                {
                    Name = "ringed",
                    Role = "events",
                    Columns = [new("id", "UInt64"), new("body", "String")],
                    Into = new TableSink { Table = "ringed", Engine = "MergeTree", OrderBy = ["id"], Ring = new RingPlacement("main", ["id"]) },
                    Errors = new ErrorSink("ingestion_errors", "data_single"),
                },
            ],
        };
    }

    private async Task<EmbeddedNode> StartAsync(Node node)
    {
        var config = FleetNodeConfig.For(Project.Fleet, node);
        config = node.Role switch
        {
            "data" => config with { Macros = config.Macros.Remove("replica") },
            "events" => config with
            {
                Clusters = [.. config.Clusters.Where(c => c.Name == "data").Select(c => c with { Shards = [.. c.Shards.Reverse()] })],
                Collections = [.. config.Collections.Where(c => c.Name != "twin")],
            },
            _ => config,
        };
        var users = folder.Write($"{node.Name}-users.xml", Users(node.Role));
        var xml = NodeConfigXml.Render(config with { UsersFile = users });
        if (node.Role == "events")
            xml = xml.Replace(
                "<clickhouse>",
                "<clickhouse><system_profile>streams</system_profile><background_message_broker_schedule_pool_size>1</background_message_broker_schedule_pool_size>",
                StringComparison.Ordinal);
        return await EmbeddedNode.StartAsync(
            new NodeOptions
            {
                ConfigFile = folder.Write($"{node.Name}.xml", xml),
                DataFolder = folder.File(node.Name),
                HttpPort = node.Http.Port,
                TcpPort = HostPort.Parse(node.Native!).Port,
            },
            cancel: Cancel);
    }

    /// <summary>The default profile of each role, and the one that streams use.</summary>
    private static string Users(string role)
    {
        var settings = role switch
        {
            "query" => "<skip_unavailable_shards>1</skip_unavailable_shards><distributed_product_mode>allow</distributed_product_mode>",
            "data" => "<deduplicate_blocks_in_dependent_materialized_views>0</deduplicate_blocks_in_dependent_materialized_views>",
            _ => "<distributed_foreground_insert>1</distributed_foreground_insert>",
        };
        return $"""
            <clickhouse>
              <profiles>
                <default>{settings}</default>
                <streams><distributed_foreground_insert>0</distributed_foreground_insert><materialized_views_ignore_errors>1</materialized_views_ignore_errors></streams>
              </profiles>
              <users>
                <default><password></password><profile>default</profile><networks><ip>::/0</ip></networks></default>
                <millrace>
                  <password>{Password}</password><profile>default</profile><networks><ip>::/0</ip></networks>
                  <access_management>1</access_management><named_collection_control>1</named_collection_control>
                </millrace>
              </users>
              <quotas><default/></quotas>
            </clickhouse>
            """;
    }
}
