using System.Text;
using Millrace.ClickHouse.Http;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Engine.Doctor;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Doctor;

/// <summary>A development cluster with one stream that has just consumed, examined once.</summary>
public sealed class HealthyFleet : IAsyncLifetime
{
    private const string Variable = "MILLRACE_TEST_DOCTOR_PASSWORD";

    private readonly TempFolder folder = new();
    private readonly HttpNodeConnector connector = new();
    private EmbeddedCluster? cluster;

    public DoctorReport Report { get; private set; } = null!;

    public Project Project { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable(Variable, "healthy-password");
        var spec = new DevClusterSpec
        {
            Roles = [new("data", RoleKind.Storage, 1), new("events", RoleKind.Ingestion, 2), new("query", RoleKind.Query, 1)],
            Topics = [new("events", 2)],
        };
        cluster = await EmbeddedCluster.UpAsync(spec.WithPasswordFrom(Variable), folder.Path, cancel: Cancel);
        var connect = cluster.Fleet.Connect with { Password = new Secret("healthy-password") };
        Project = Declare(cluster.Fleet with { Connect = connect });
        await CreateAsync();
        await StreamAsync();
        Report = await new FleetDoctor(connector, new FleetObserver(connector, new ObjectShapeCache()), new BrokerReader())
            .ExamineAsync(Project, new DoctorOptions(), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        connector.Dispose();
        folder.Dispose();
    }

    private INodeConnection Connect(Node node) => connector.Connect(node.Http, Project.Fleet.Connect);

    private async Task CreateAsync()
    {
        var once = new StatementOptions { Idempotent = false };
        foreach (var node in Project.Fleet.Nodes)
        {
            var objects = Compiler.Compile(Project).Where(o => o.Placement.Includes(node)).OrderBy(o => o.Purpose).ToList();
            foreach (var database in objects.Select(o => o.Name.Database).Distinct())
                await Connect(node).ExecuteAsync($"CREATE DATABASE {database}", once, Cancel);
            foreach (var item in objects)
                await Connect(node).ExecuteAsync(item.CreateSql, once, Cancel);
        }
    }

    private async Task StreamAsync()
    {
        using (var producer = new KafkaProducer(new BrokerEndpoint(cluster!.Bootstrap("msk"))))
        {
            producer.Produce("events", Encoding.UTF8.GetBytes("""{"id":1,"body":"x"}"""));
            producer.Flush(TimeSpan.FromSeconds(10));
        }

        var data = Connect(Project.Fleet.Nodes[0]);
        const string Count = "SELECT uniqExact(id) FROM d.sharded_events";
        await Patience.ExpectAsync("1", async () => Encoding.UTF8.GetString(await data.QueryAsync(Count, cancel: Cancel)).Trim(), Count);
    }

    private static Project Declare(Fleet fleet) => new()
    {
        Name = "demo",
        Database = "d",
        Fleet = fleet,
        Pipelines =
        [
            new()
            {
                Name = "events",
                Role = "events",
                Columns = [new("id", "UInt64"), new("body", "String")],
                Legs = [new() { Name = "msk", Broker = "msk", Topic = "events", Group = "g1", Settings = Settings() }],
                Into = new TableSink { Table = "events", Engine = "MergeTree", OrderBy = ["id"], ShardBy = "id" },
                Errors = new ErrorSink("ingestion_errors"),
            },
        ],
    };

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Settings() =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("kafka_flush_interval_ms", "500");
}
