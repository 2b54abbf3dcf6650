using System.Text;
using Millrace.Bench.Running;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Engine.Nodes;
using Millrace.IntegrationTests.Apply;
using Millrace.Kafka;
using Millrace.UnitTests;
using Xunit;

namespace Millrace.IntegrationTests.Legs;

/// <summary>A stream with a leg on each of two brokers, on real servers, as in <c>examples/migration</c>.</summary>
public sealed class TwoBrokers : IAsyncLifetime
{
    private const int Partitions = 4;

    private static readonly string Example = Repository.PathOf("examples", "migration", "pipelines", "events.yaml");

    private readonly TempFolder folder = new();
    private readonly HttpNodeConnector connector = new();
    private EmbeddedCluster cluster = null!;

    public async ValueTask InitializeAsync()
    {
        var spec = new DevClusterSpec
        {
            Roles = [new("data", RoleKind.Storage, 2), new("events", RoleKind.Ingestion, 1)],
            Brokers = ["msk", "warpstream"],
            Topics = [new TopicSpec("events", Partitions)],
        };
        cluster = await EmbeddedCluster.UpAsync(spec, folder.File("cluster"), cancel: Cancel);
        folder.Write("millrace.yaml", "name: move\n");
        FleetFile.Write(folder.Path, cluster.Fleet, passwordVariable: null);
        Directory.CreateDirectory(folder.File("pipelines"));
        Declare("msk", "warpstream");
    }

    /// <summary>Writes the example's pipeline with the legs on these brokers.</summary>
    public void Declare(params string[] brokers) => folder.Write(
        "pipelines/events.yaml",
        string.Join('\n', File.ReadLines(Example).Where(line => !line.Contains("- { broker: ") || brokers.Any(b => line.Contains($"broker: {b},")))) + "\n");

    public Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments) =>
        MillraceInProcess.RunAsync(folder.Path, arguments);

    public KafkaProducer Producer(string broker) => new(new BrokerEndpoint(cluster.Bootstrap(broker)));

    public static void Send(KafkaProducer producer, int id) =>
        producer.Produce("events", Encoding.UTF8.GetBytes($$"""{"id":{{id}},"event":"click","distinct_id":"user-{{id}}"}"""), partition: id % Partitions);

    public async Task<string> AskAsync(string node, string sql) =>
        Encoding.UTF8.GetString(await connector.Connect(cluster.Http(node), new ConnectOptions()).QueryAsync(sql, cancel: Cancel)).TrimEnd();

    /// <summary>Waits until a command ends well.</summary>
    public async Task<string> UntilAsync(params string[] arguments)
    {
        var last = (Exit: 0, Output: "", Errors: "");
        await Patience.UntilAsync(async () => (last = await RunAsync(arguments)).Exit == 0, () => $"{string.Join(' ', arguments)}: {last.Output}{last.Errors}");
        return last.Output;
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        connector.Dispose();
        folder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
