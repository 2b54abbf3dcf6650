using System.Globalization;
using System.Text;
using Millrace.Cli;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.DevCluster;
using Millrace.Engine.Apply;
using Millrace.Engine.Plans;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Streams;

/// <summary>A development cluster of real servers, and the few verbs that stream tests are made of.</summary>
public class StreamFixture : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    public EmbeddedCluster Cluster { get; private set; } = null!;

    public Services Services { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var topics = Enumerable.Range(1, 12).Select(i => new TopicSpec($"t{i}", 4));
        Cluster = await EmbeddedCluster.UpAsync(DevClusterSpec.Default with { Topics = [.. topics] }, Path.Combine(folder.Path, "cluster"));
        Services = new Services(folder.Path);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Services?.Dispose();
        if (Cluster is not null)
            await Cluster.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>A stream of <c>id</c> and <c>body</c> from a topic of its own, in a database of its own.</summary>
    public Project Declare(string topic) => new()
    {
        Name = topic,
        Database = $"db_{topic}",
        Fleet = Cluster.Fleet,
        Pipelines =
        [
            new Pipeline
            {
                Name = "s",
                Role = "events",
                Columns = [new Column("id", "UInt64"), new Column("body", "String")],
                Legs =
                [
                    new Leg
                    {
                        Name = "msk", Broker = "msk", Topic = topic, Group = $"g_{topic}",
                        Settings = Leg().Add("kafka_flush_interval_ms", "500"),
                    },
                ],
                Into = new TableSink { Table = "s", Engine = "ReplacingMergeTree(_timestamp)", OrderBy = ["id"], ShardBy = "sipHash64(id)" },
                Errors = new ErrorSink("s_errors"),
            },
        ],
    };

    public async Task<PlannedFleet> PlanAsync(Project project, PlanOptions? options = null) =>
        await Services.Planner.PlanAsync(project, options ?? new PlanOptions(), Cancel);

    /// <summary>Plans and applies; the plan must have no refusals.</summary>
    public async Task<(ApplyReport Report, Plan Left)> ApplyAsync(Project project, PlanOptions? options = null)
    {
        var planned = await PlanAsync(project, options);
        Assert.Empty(planned.Plan.Refusals);
        return await new FleetApply(Services.Connector, Services.Planner)
            .RunAsync(project, planned, options ?? new PlanOptions(), new SilentListener(), Cancel);
    }

    /// <summary>Applies, and holds the law: everything is done, and a second plan is empty.</summary>
    public async Task ApplyWholeAsync(Project project, PlanOptions? options = null)
    {
        var (report, left) = await ApplyAsync(project, options);
        Assert.Empty(report.NotDone);
        Assert.Empty(left.Steps);
    }

    /// <summary>Sends ids <paramref name="from"/> to <paramref name="to"/> (exclusive) round robin to the topic's partitions.</summary>
    public void Produce(string topic, int from, int to, string more = "")
    {
        using var producer = new KafkaProducer(new BrokerEndpoint(Cluster.Bootstrap("msk")));
        for (var id = from; id < to; id++)
            producer.Produce(topic, Encoding.UTF8.GetBytes($$"""{"id":{{id}},"body":"b{{id}}"{{more}}}"""), partition: id % 4);
        producer.Flush(TimeSpan.FromSeconds(20));
    }

    /// <summary>The same, with a JSON object as text in <c>body</c>: <c>{"a":"a7","n":7}</c>.</summary>
    public void ProduceObjects(string topic, int from, int to)
    {
        using var producer = new KafkaProducer(new BrokerEndpoint(Cluster.Bootstrap("msk")));
        for (var id = from; id < to; id++)
            producer.Produce(topic, Encoding.UTF8.GetBytes($$"""{"id":{{id}},"body":"{\"a\":\"a{{id}}\",\"n\":{{id}}}"}"""), partition: id % 4);
        producer.Flush(TimeSpan.FromSeconds(20));
    }

    public void ProduceRaw(string topic, string message)
    {
        using var producer = new KafkaProducer(new BrokerEndpoint(Cluster.Bootstrap("msk")));
        producer.Produce(topic, Encoding.UTF8.GetBytes(message), partition: 0);
        producer.Flush(TimeSpan.FromSeconds(20));
    }

    /// <summary>One number from a query on a node.</summary>
    public async Task<long> NumberAsync(string node, string sql) =>
        long.Parse(await TextAsync(node, sql), CultureInfo.InvariantCulture);

    public async Task<string> TextAsync(string node, string sql) =>
        Encoding.UTF8.GetString(await Services.Connector.Connect(Cluster.Http(node), new ConnectOptions()).QueryAsync(sql, cancel: Cancel)).TrimEnd('\n');

    public Task ExecuteAsync(string node, string sql) =>
        Services.Connector.Connect(Cluster.Http(node), new ConnectOptions()).ExecuteAsync(sql, cancel: Cancel);

    /// <summary>Waits until both consumers have their partitions: a member that joins later makes the others read messages again.</summary>
    public async Task AssignedAsync(string database)
    {
        foreach (var node in new[] { "events-1", "events-2" })
            await ExpectAsync(node, $"SELECT countIf(notEmpty(assignments.topic)) FROM system.kafka_consumers WHERE database = '{database}'", 1);
    }

    /// <summary>Waits until the query gives the number.</summary>
    public Task ExpectAsync(string node, string sql, long expected) => Patience.ExpectAsync(expected, () => NumberAsync(node, sql), $"{sql} on {node}");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Leg() =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty;
}
