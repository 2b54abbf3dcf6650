using System.Text;
using Millrace.Bench.Running;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.IntegrationTests.Apply;
using Millrace.Kafka;
using Millrace.UnitTests;
using Npgsql;
using Xunit;

namespace Millrace.IntegrationTests.Sinks;

/// <summary>The project <c>examples/propdefs</c> on real servers: two ingestion nodes, a broker and a PostgreSQL.</summary>
public sealed class SinkFixture : IAsyncLifetime
{
    private static readonly string Example = Repository.PathOf("examples", "propdefs");

    private readonly TempFolder folder = new();
    private readonly HttpNodeConnector connector = new();

    public EmbeddedCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var spec = new DevClusterSpec
        {
            Roles = [new("data", RoleKind.Storage, 1), new("events", RoleKind.Ingestion, 2)],
            Topics = [new TopicSpec("events", 8), new TopicSpec("events_by_name", 4), new TopicSpec("many", 4), new TopicSpec("orders", 4), new TopicSpec("orders_by_city", 2), .. FormatTests.Topics.Select(topic => new TopicSpec(topic, 2))],
            Postgres = true,
        };
        Cluster = await EmbeddedCluster.UpAsync(spec, folder.File("cluster"), cancel: Cancel);
        FleetFile.Write(folder.Path, Cluster.Fleet, passwordVariable: null, "cluster/dev/postgres.password");
        Directory.CreateDirectory(folder.File("pipelines"));
        Directory.CreateDirectory(folder.File("formats"));
        folder.Write("millrace.yaml", await File.ReadAllTextAsync(Path.Combine(Example, "millrace.yaml")));
        foreach (var file in Directory.GetFiles(Path.Combine(Example, "pipelines")))
            folder.Write($"pipelines/{Path.GetFileName(file)}", Faster(await File.ReadAllTextAsync(file)));
        await SqlAsync(await File.ReadAllTextAsync(Path.Combine(Example, "sql", "property_definitions.sql")));
        await ApplyAsync();
    }

    /// <summary>Consumers hand over what they have after this long.</summary>
    public static string Faster(string yaml) => yaml.Replace("kafka_flush_interval_ms: 1000", "kafka_flush_interval_ms: 300", StringComparison.Ordinal);

    public void Declare(string file, string text) => folder.Write(file, text);

    public void Remove(string file) => File.Delete(folder.File(file));

    public Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments) => MillraceInProcess.RunAsync(folder.Path, arguments);

    /// <summary>Applies, and holds the law: a second plan is empty.</summary>
    public async Task ApplyAsync(params string[] more)
    {
        var (exit, output, errors) = await RunAsync(["apply", "--yes", .. more]);
        Assert.True(exit == 0, output + errors);
        Assert.Contains("nothing left to do", output + errors, StringComparison.Ordinal);
    }

    public KafkaProducer Producer() => new(new BrokerEndpoint(Cluster.Bootstrap("msk")));

    public void Send(string topic, IEnumerable<string> messages) => Send(topic, messages.Select(Encoding.UTF8.GetBytes));

    public void Send(string topic, IEnumerable<byte[]> messages)
    {
        using var producer = Producer();
        var i = 0;
        foreach (var message in messages)
            producer.Produce(topic, message, partition: i++ % 2);
        producer.Flush(TimeSpan.FromSeconds(20));
    }

    /// <summary>Every message of a topic that is there by now, partition by partition.</summary>
    public async Task<List<KafkaMessage>> ReadTopicAsync(string topic, int count)
    {
        using var consumer = new KafkaConsumer(new BrokerEndpoint(Cluster.Bootstrap("msk")), $"test_{Guid.NewGuid():N}", topic);
        var found = new List<KafkaMessage>();
        await Patience.UntilAsync(() => Task.Run(() => Read(TimeSpan.FromMilliseconds(200)) >= count), () => $"{found.Count} messages of {count} in {topic}");
        await Task.Run(() => Read(TimeSpan.FromMilliseconds(300)), Cancel); // There may be more than expected.
        return found;

        int Read(TimeSpan wait)
        {
            while (consumer.Consume(wait) is { } message)
                found.Add(message);
            return found.Count;
        }
    }

    /// <summary>Messages that a group has not committed, by the broker's word.</summary>
    public async Task<long> LagAsync(string topic, string group)
    {
        var progress = await new TopicSource().ProgressAsync(Cluster.Fleet.Brokers[0], topic, group, Cancel);
        return progress.Partitions.Sum(partition => partition.High - (partition.Committed ?? partition.Low));
    }

    public Task<string> ReadAsync(string file) => File.ReadAllTextAsync(folder.File(file), Cancel);

    /// <param name="password">Null takes the one that the database began with.</param>
    public async Task<string> SqlAsync(string sql, string? password = null)
    {
        var connection = Cluster.Fleet.Connections[0];
        await using var source = NpgsqlDataSource.Create(
            $"Host={connection.Host};Port={connection.Port};Username={connection.User};Password={password ?? connection.Password!.Reveal()};Database={connection.Database};Pooling=false");
        await using var command = source.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync(Cancel)}";
    }

    public Task ExpectSqlAsync(string sql, string expected, string? password = null) => Patience.ExpectAsync(expected, () => SqlAsync(sql, password), sql);

    public async Task<string> AskAsync(string node, string sql) =>
        Encoding.UTF8.GetString(await connector.Connect(Cluster.Http(node), new ConnectOptions()).QueryAsync(sql, cancel: Cancel)).TrimEnd();

    public Task ExpectAsync(string node, string sql, string expected) => Patience.ExpectAsync(expected, () => AskAsync(node, sql), sql);

    public async ValueTask DisposeAsync()
    {
        if (Cluster is not null)
            await Cluster.DisposeAsync();
        connector.Dispose();
        if (Directory.Exists("/var/tmp"))
            new SupervisorClient(folder.File("cluster")).Wipe();
        folder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
