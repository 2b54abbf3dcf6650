using Millrace.Bench.Measuring;
using Millrace.Cli;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.DevCluster;
using Millrace.Engine.Apply;
using Millrace.Engine.Nodes;
using Millrace.Kafka;
using Npgsql;

namespace Millrace.Bench.Propdefs;

/// <summary>Two ingestion nodes, a storage node for errors, a broker and a PostgreSQL, all real.</summary>
internal sealed class PropdefsCluster : IAsyncDisposable
{
    public const string Events = "events", ByName = "events_by_name";
    public const int Partitions = 16;

    private readonly EmbeddedCluster cluster;
    private readonly string folder;

    private PropdefsCluster(EmbeddedCluster cluster, string folder)
    {
        (this.cluster, this.folder) = (cluster, folder);
        Services = new Services(folder);
        var connection = cluster.Fleet.Connections[0];
        Postgres = NpgsqlDataSource.Create(
            $"Host={connection.Host};Port={connection.Port};Username={connection.User};Password={connection.Password!.Reveal()};Database={connection.Database}");
    }

    public NpgsqlDataSource Postgres { get; }

    public Fleet Fleet => cluster.Fleet;

    public IEnumerable<string> Ingestion => Fleet.NodesOf("events").Select(node => node.Name);

    public BrokerEndpoint Broker => new(cluster.Bootstrap("msk"));

    private Services Services { get; }

    public static async Task<PropdefsCluster> StartAsync(string folder, CancellationToken cancel)
    {
        var spec = new DevClusterSpec
        {
            Roles = [new("data", RoleKind.Storage, 1), new("events", RoleKind.Ingestion, 2)],
            Topics = [new TopicSpec(Events, Partitions), new TopicSpec(ByName, Partitions)],
            Postgres = true,
        };
        return new PropdefsCluster(await EmbeddedCluster.UpAsync(spec, Path.Combine(folder, "cluster"), cancel: cancel), folder);
    }

    /// <summary>Fills the topic, evenly over its partitions: every one of them has every key.</summary>
    public void Produce(int events)
    {
        using var producer = new KafkaProducer(Broker);
        for (var i = 0; i < events; i++)
            producer.Produce(Events, PropertyEvents.Message(i), partition: i % Partitions);
        producer.Flush(TimeSpan.FromSeconds(60));
    }

    public async Task ApplyAsync(Project project, CancellationToken cancel)
    {
        var planned = await Services.Planner.PlanAsync(project, new PlanOptions(), cancel);
        if (!planned.Plan.Refusals.IsEmpty)
            throw new InvalidOperationException(string.Join('\n', planned.Plan.Refusals));
        var report = await new Applier(Connect, new NoListener()).ApplyAsync(planned.Plan, cancel);
        if (!report.Succeeded)
            throw new InvalidOperationException(report.NotDone.First().Outcome.Error);
    }

    public INodeConnection Connect(string node) => Services.Connector.Connect(cluster.Http(node), Fleet.Connect);

    /// <summary>Messages of a topic, and how many of them a group has not committed.</summary>
    public async Task<(long All, long Waiting)> ProgressAsync(string topic, string group, CancellationToken cancel)
    {
        var progress = await new TopicSource().ProgressAsync(Fleet.Brokers[0], topic, group, cancel);
        return (
            progress.Partitions.Sum(partition => partition.High - partition.Low),
            progress.Partitions.Sum(partition => partition.High - (partition.Committed ?? partition.Low)));
    }

    public async Task<T> SqlAsync<T>(string sql, CancellationToken cancel)
    {
        await using var command = Postgres.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }

    public async Task ExecuteSqlAsync(string sql, CancellationToken cancel)
    {
        await using var command = Postgres.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        Services.Dispose();
        await cluster.DisposeAsync();
        new SupervisorClient(Path.Combine(folder, "cluster")).Wipe();
    }
}
