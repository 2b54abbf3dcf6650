using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Millrace.Bench.Running;
using Millrace.Core.Balancer;
using Millrace.Core.Layers;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Embedded;
using Millrace.Engine.Specs;
using Millrace.IntegrationTests.Apply;
using Xunit;

namespace Millrace.IntegrationTests.Layers;

/// <summary>Two storage shards and two query layers behind a real HAProxy, with rows in a table.</summary>
public sealed class LayerFleet : IAsyncLifetime
{
    public const string Password = "grafana's own";
    public const int Rows = 1000;

    private const string PasswordVariable = "MILLRACE_TEST_GRAFANA_SHA256";

    private readonly TempFolder files = new();
    private readonly Dictionary<string, DrainingProxy> proxies = [];
    private readonly int[] ports = FreePorts.Take(4);

    public EmbeddedCluster Cluster { get; private set; } = null!;

    /// <summary>Kills nodes and starts them, and those that end by themselves: clients of their native port vanish here all the time.</summary>
    public Supervisor Servers { get; private set; } = null!;

    public Uri Http => new($"http://127.0.0.1:{ports[0]}");

    public int Native => ports[1];

    /// <summary>Where the balancer has the layer <c>monitoring</c>.</summary>
    public Uri MonitoringHttp => new($"http://127.0.0.1:{ports[3]}");

    public string Folder => files.Path;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The nodes are children of this process, and take the hash from its environment.
        Environment.SetEnvironmentVariable(PasswordVariable, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Password))));
        var spec = new DevClusterSpec
        {
            Roles =
            [
                new("data", RoleKind.Storage, 2), new("events", RoleKind.Ingestion, 1),
                new("dashboards", RoleKind.Query, 3), new("monitoring", RoleKind.Query, 1),
            ],
        };
        Cluster = await EmbeddedCluster.UpAsync(spec, files.Path, storageRoute: Route, cancel: Cancel);
        files.Write("millrace.yaml", "name: shop\n");
        Directory.CreateDirectory(files.File("pipelines"));
        DeclareTable("");
        DeclareNodes(dashboards: 3);
        foreach (var role in Load().Fleet.Roles)
            if (LayerUsersXml.Render(Load(), role) is { } access)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Cluster.Files.AccessFile(role.Name))!);
                await File.WriteAllTextAsync(Cluster.Files.AccessFile(role.Name), access, Cancel);
            }

        await Cluster.EnsureAsync(cancel: Cancel);
        DeclareNodes(dashboards: 3, monitoring: false);
        await ApplyAsync();
        foreach (var shard in new[] { 1, 2 })
            await Cluster.Http($"data-{shard}").AskAsync($"INSERT INTO shop.sharded_events (id, body) SELECT number, 'x' FROM numbers({Rows}) WHERE number % 2 = {shard - 1}");
        Servers = new Supervisor(Cluster); // Last: nodes with new files were started again above.
    }

    /// <summary>Declares the stream, with further columns such as <c>, page: String</c>.</summary>
    public void DeclareTable(string columns) => files.Write("pipelines/events.yaml", $$"""
        pipeline: events
        role: events
        columns: { id: UInt64, body: String{{columns}} }
        legs: [{ broker: msk, topic: events, group: g }]
        into: { table: events, engine: ReplacingMergeTree, order_by: [id], shard_by: id }
        errors: { table: ingestion_errors }
        """);

    /// <summary>Declares so many of the nodes of the layer <c>dashboards</c>, and the layer <c>monitoring</c> or not.</summary>
    /// <param name="certificate">The balancer's, for TLS; null for none.</param>
    public void DeclareNodes(int dashboards, bool monitoring = true, string? certificate = null)
    {
        var layers = ImmutableDictionary<string, QueryLayer>.Empty
            .Add("dashboards", Layer("grafana", new Balancing { Http = ports[0], Native = ports[1], Certificate = certificate }))
            .Add("monitoring", Layer("alerts", new Balancing { Http = ports[3] }));
        var fleet = Cluster.Fleet;
        FleetFile.Write(files.Path, fleet with
        {
            Roles =
            [
                .. fleet.Roles.Where(role => monitoring || role.Name != "monitoring")
                    .Select(role => layers.TryGetValue(role.Name, out var layer) ? role with { Layer = layer } : role),
            ],
            Nodes =
            [
                .. fleet.Nodes.Where(node => monitoring || node.Role != "monitoring").Where(node => node.Role != "dashboards"
                    || int.Parse(node.Name.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture) <= dashboards),
            ],
        }, null);
    }

    private static QueryLayer Layer(string user, Balancing balance) => new()
    {
        Tables = ["events"],
        Settings = ImmutableSortedDictionary<string, string>.Empty.Add("max_threads", "2"),
        Users = [new LayerUser(user, PasswordVariable, [])],
        Balance = balance,
    };

    public async Task ApplyAsync() => await RunAsync("apply", "--yes");

    /// <summary>Renders the balancer's configuration with the real tool and hands it to HAProxy.</summary>
    public async Task BalanceAsync(params string[] options)
    {
        await RunAsync(["render", "haproxy", "--bind", "127.0.0.1", "--stats", $"127.0.0.1:{ports[2]}", "--slow-start", "1s", "--out", Cluster.Files.BalancerFile, .. options]);
        await Cluster.BalanceAsync(Cancel);
    }

    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exit, output, errors) = await MillraceInProcess.RunAsync(files.Path, arguments);
        Assert.True(exit == 0, $"{string.Join(' ', arguments)}: exit {exit}\n{output}\n{errors}");
        return output;
    }

    /// <summary>Waits until the balancer gives native connections of the dashboards to so many nodes.</summary>
    public async Task UntilNativeAsync(int nodes)
    {
        using var http = new HttpClient();
        await Patience.ExpectAsync(nodes, UpAsync, "nodes that the balancer gives connections to");

        async Task<int> UpAsync() => (await http.GetStringAsync(new Uri($"http://127.0.0.1:{ports[2]}/;csv"), Cancel)).Split('\n')
            .Count(line => line.StartsWith("dashboards_native,dashboards-", StringComparison.Ordinal) && line.Contains(",UP,", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (Servers is not null)
            await Servers.DisposeAsync();
        if (Cluster is not null)
            await Cluster.DisposeAsync();
        foreach (var proxy in proxies.Values)
            proxy.Dispose();
        files.Dispose();
    }

    private string Route(string address)
    {
        lock (proxies)
        {
            if (!proxies.TryGetValue(address, out var proxy))
                proxies.Add(address, proxy = new DrainingProxy(address));
            return proxy.Address;
        }
    }

    private Project Load() => ProjectLoader.Load(files.Path) is { Project: { } project } ? project : throw new InvalidOperationException("the project has errors");
}
