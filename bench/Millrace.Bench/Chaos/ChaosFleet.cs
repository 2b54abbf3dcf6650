using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Millrace.Bench.Running;
using Millrace.Cli;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.DevCluster;
using Millrace.Engine;
using Millrace.Engine.Nodes;
using Millrace.Engine.Specs;
using Millrace.Kafka;

namespace Millrace.Bench.Chaos;

/// <summary>A cluster of real servers behind a broker proxy, its project, and the processes that keep it true.</summary>
internal sealed class ChaosFleet : IAsyncDisposable
{
    /// <summary>Nodes hang and die here.</summary>
    private static readonly ConnectOptions Impatient = new()
    {
        Retries = 0, ConnectTimeout = TimeSpan.FromSeconds(1), StatementTimeout = TimeSpan.FromSeconds(10),
    };

    private readonly Services services;
    private readonly List<string> watchLogs = [];
    private MillraceProcess watch;

    private ChaosFleet(EmbeddedCluster cluster, BrokerProxy proxy, ChaosProject project, MillraceProcess watch, Services services)
    {
        (Cluster, Proxy, Project, this.watch, this.services) = (cluster, proxy, project, watch, services);
        Load = null!;
        Servers = new Supervisor(cluster);
    }

    public EmbeddedCluster Cluster { get; }

    /// <summary>Where nodes are killed and started, so that it is known which ended by themselves.</summary>
    public Supervisor Servers { get; }

    public BrokerProxy Proxy { get; }

    public ChaosProject Project { get; }

    public SteadyLoad Load { get; private set; }

    public ImmutableArray<string> Storage { get; } = ["data-1", "data-2"];

    public ImmutableArray<string> Ingestion { get; } = ["events-1", "events-2"];

    public static async Task<ChaosFleet> UpAsync(ChaosOptions options, string folder, CancellationToken cancel)
    {
        BrokerProxy? proxy = null;
        var spec = DevClusterSpec.Default with
        {
            Roles = [new("data", RoleKind.Storage, 2), new("events", RoleKind.Ingestion, 2)],
            Topics = [new TopicSpec(ChaosProject.Topic, ChaosProject.Partitions)],
            BackgroundInserts = options.BackgroundInserts,
        };
        var cluster = await EmbeddedCluster.UpAsync(
            spec, Path.Combine(folder, "cluster"), route: address => (proxy = new BrokerProxy(address)).Address, cancel: cancel);
        var project = new ChaosProject(Path.Combine(folder, "project"), options.BackgroundInserts);
        project.Write(cluster.Fleet);
        var fleet = new ChaosFleet(cluster, proxy!, project, StartWatch(project), new Services(project.Folder));
        fleet.Load = new SteadyLoad(proxy!.Address, ChaosProject.Topic, ChaosProject.Partitions, options.Rate);
        return fleet;
    }

    /// <summary>Kills an ingestion node, takes its disk, and starts a blank one in its place.</summary>
    public async Task ReplaceAsync(string node, CancellationToken cancel)
    {
        await Servers.KillAsync(node);
        Cluster.Wipe(node);
        await Servers.StartAsync(node, cancel);
    }

    public async Task KillWatchAsync() => watchLogs.Add(await watch.KillAsync());

    public void RestartWatch() => watch = StartWatch(Project);

    /// <summary>Runs <c>millrace apply</c> to its end, as a person would: again while others are at work.</summary>
    /// <returns>Whether it was killed on the way.</returns>
    /// <exception cref="UserErrorException">It never succeeds.</exception>
    public async Task<bool> ApplyAsync(string? fault, CancellationToken cancel)
    {
        var text = "";
        for (var tries = 0; tries < 20; tries++)
        {
            await using var apply = MillraceProcess.Start(Project.Folder, fault, "apply", "--yes", "--wait", "60s");
            (var exit, text) = await apply.EndAsync(cancel);
            if (exit is ExitCode.Ok or MillraceProcess.Killed)
                return exit == MillraceProcess.Killed;
            await Task.Delay(500, cancel);
        }

        throw new UserErrorException($"millrace apply does not succeed:\n{text}");
    }

    /// <summary>What a plan of now would still do.</summary>
    public async Task<Plan> PlanAsync(CancellationToken cancel)
    {
        var declared = ProjectLoader.Load(Project.Folder).Project
            ?? throw new InvalidOperationException("the project of the chaos bench does not load");
        return (await services.Planner.PlanAsync(declared, new PlanOptions(), cancel)).Plan;
    }

    public Task ExecuteAsync(string node, string sql, CancellationToken cancel) => Connect(node).ExecuteAsync(sql, cancel: cancel);

    /// <summary>Rows of numbers from a node.</summary>
    public async Task<long[][]> RowsAsync(string node, string sql, CancellationToken cancel)
    {
        var answer = await Connect(node).QueryAsync(sql + " FORMAT TSV", cancel: cancel);
        return [.. Encoding.UTF8.GetString(answer).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray())];
    }

    /// <summary>What the watch logged last, for an error message.</summary>
    public async Task<string> EndWatchAsync()
    {
        await KillWatchAsync();
        return string.Join('\n', string.Join('\n', watchLogs).Split('\n').TakeLast(40));
    }

    public async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        Load?.Dispose();
        await Servers.DisposeAsync();
        await Cluster.DisposeAsync();
        await Proxy.DisposeAsync();
        services.Dispose();
    }

    private INodeConnection Connect(string node) => services.Connector.Connect(Cluster.Http(node), Impatient);

    private static MillraceProcess StartWatch(ChaosProject project) =>
        MillraceProcess.Start(project.Folder, null, "watch", "--listen", "off");
}
