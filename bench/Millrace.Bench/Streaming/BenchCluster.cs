using System.Globalization;
using System.Text;
using Millrace.Bench.Measuring;
using Millrace.Cli;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Engine.Nodes;
using Millrace.Kafka;

namespace Millrace.Bench.Streaming;

/// <summary>One storage node, one ingestion node and a broker, all real, each a process of its own.</summary>
public sealed class BenchCluster : IAsyncDisposable
{
    public const string Storage = "data-1";
    public const string Ingestion = "events-1";

    /// <summary>The broker keeps at most 5 MB of a partition.</summary>
    public const int Partitions = 96;

    private readonly EmbeddedCluster cluster;

    private BenchCluster(EmbeddedCluster cluster, string folder)
    {
        this.cluster = cluster;
        Services = new Services(folder);
    }

    public Services Services { get; }

    public Fleet Fleet => cluster.Fleet;

    public static async Task<BenchCluster> StartAsync(string folder, IEnumerable<string> topics, CancellationToken cancel)
    {
        var spec = DevClusterSpec.Default with
        {
            Roles = [new DevRole("data", RoleKind.Storage, 1), new DevRole("events", RoleKind.Ingestion, 1)],
            Topics = [.. topics.Select(topic => new TopicSpec(topic, Partitions))],
        };
        return new BenchCluster(await EmbeddedCluster.UpAsync(spec, Path.Combine(folder, "cluster"), cancel: cancel), folder);
    }

    /// <summary>Fills a topic, evenly over its partitions; returns the bytes of all messages.</summary>
    public long Produce(string topic, int rows)
    {
        var bytes = 0L;
        using var producer = Producer();
        for (var i = 0; i < rows; i++)
        {
            var message = EventSource.Message(i);
            bytes += message.Length;
            producer.Produce(topic, message, partition: i % Partitions);
        }

        producer.Flush(TimeSpan.FromSeconds(60));
        return bytes;
    }

    /// <summary>CPU seconds that a node has used since it started.</summary>
    public double CpuOf(string node) => CpuTime.OfProcess(ProcessOf(node));

    public int ProcessOf(string node) => cluster.State().Nodes.Single(n => n.Name == node).ProcessId!.Value;

    public KafkaProducer Producer() => new(new BrokerEndpoint(cluster.Bootstrap("msk")));

    public INodeConnection Connect(string node) => Services.Connector.Connect(cluster.Http(node), Fleet.Connect);

    public Task ExecuteAsync(string node, string sql, CancellationToken cancel) => Connect(node).ExecuteAsync(sql, cancel: cancel);

    /// <summary>One number from a query on a node.</summary>
    public async Task<long> NumberAsync(string node, string sql, CancellationToken cancel)
    {
        var answer = await Connect(node).QueryAsync(sql, cancel: cancel);
        return long.Parse(Encoding.UTF8.GetString(answer), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Services.Dispose();
        await cluster.DisposeAsync();
    }
}
