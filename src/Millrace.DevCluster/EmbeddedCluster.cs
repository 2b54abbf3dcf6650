using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Millrace.Embedded;
using Millrace.Engine;

namespace Millrace.DevCluster;

/// <summary>
/// Real ClickHouse servers and development brokers as child processes of this one. They end when this object is
/// disposed, and also when this process dies in any other way.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly ClusterFolder folder;
    private readonly FolderLock held;
    private readonly Dictionary<string, NodePorts> ports;
    private readonly ImmutableArray<DevNode> nodes;
    private readonly ImmutableArray<DevBrokerProcess> brokers;

    private readonly DevBalancer balancer;
    private readonly DevPostgres? postgres;
    private readonly Func<string, string>? storageRoute;

    private EmbeddedCluster(DevClusterSpec spec, ClusterFolder folder, FolderLock held, Func<string, string>? route, Func<string, string>? storageRoute)
    {
        Spec = spec;
        this.storageRoute = storageRoute;
        this.folder = folder;
        this.held = held;
        var names = spec.NodeNames().Select(n => n.Name).ToArray();
        ports = PortPlan.Assign(names, folder.ReadPorts(), spec.FirstPort);
        folder.WritePorts(ports);
        nodes = [.. names.Select(n => new DevNode(n, folder.Node(n)))];
        balancer = new DevBalancer(folder.BalancerFile, folder.Balancer);
        postgres = spec.Postgres ? new DevPostgres(folder.Postgres, folder.PostgresPasswordFile) : null;
        brokers = [.. spec.Brokers.Select(b => new DevBrokerProcess(b, folder.Broker(b), route))];
    }

    public DevClusterSpec Spec { get; }

    /// <summary>The cluster as a fleet like any other. Broker addresses change when a broker is restarted.</summary>
    public Fleet Fleet
    {
        get
        {
            var fleet = DevTopology.Build(Spec, ports, brokers.ToDictionary(b => b.Name, b => b.Bootstrap), Environment.ProcessorCount, postgres?.Connection);
            return storageRoute is null ? fleet : fleet with { Nodes = [.. fleet.Nodes.Select(n => n.Shard > 0 ? n with { Native = storageRoute(n.Native!) } : n)] };
        }
    }

    /// <summary>Starts a cluster in <paramref name="folder"/>. Data and ports of an earlier one there are kept.</summary>
    /// <param name="route">Where clients reach the broker that listens at the given address: a proxy in between; null: there.</param>
    /// <param name="storageRoute">Where nodes reach the native address of a storage node: a proxy in between; null: there.</param>
    /// <exception cref="UserErrorException">It cannot start, or another process runs a cluster there.</exception>
    public static async Task<EmbeddedCluster> UpAsync(
        DevClusterSpec spec,
        string folder,
        Action<ClusterState>? onChange = null,
        Func<string, string>? route = null,
        Func<string, string>? storageRoute = null,
        CancellationToken cancel = default)
    {
        spec.Check();
        var files = new ClusterFolder(folder);
        files.Create();
        DiskSpace.Require(files.Root);
        var taken = FolderLock.Take(files.LockFile, patience: TimeSpan.FromSeconds(5))
            ?? throw new UserErrorException($"another process runs a cluster in {folder}.");
        var cluster = new EmbeddedCluster(spec, files, taken, route, storageRoute);
        try
        {
            await cluster.EnsureAsync(onChange, cancel);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what is not running. A broker that had to be started anew has another address, so every node learns it by a restart.</summary>
    /// <param name="onChange">Called after each process that became ready, from any thread.</param>
    public async Task EnsureAsync(Action<ClusterState>? onChange = null, CancellationToken cancel = default)
    {
        if (postgres is not null)
            await postgres.StartAsync(cancel);
        await ForAllAsync(brokers, b => $"broker {b.Name}", b => b.StartAsync(Spec.Topics, cancel), onChange);
        var fleet = Fleet;
        var secret = folder.ClusterSecret();
        await ForAllAsync(
            nodes,
            n => n.Name,
            async node =>
            {
                var declared = fleet.Nodes.Single(n => n.Name == node.Name);
                await ConfigureAsync(node, fleet, declared, secret);
                await node.StartAsync(ports[node.Name], cancel);
            },
            onChange);
        await balancer.EnsureAsync(cancel);
    }

    /// <summary>The files that decide about access and load balancing; <see cref="EnsureAsync"/> takes what is new in them.</summary>
    public ClusterFolder Files => folder;

    /// <summary>Gives the load balancer its configuration file, if that has changed.</summary>
    public Task BalanceAsync(CancellationToken cancel = default) => balancer.EnsureAsync(cancel);

    public ClusterState State() => new()
    {
        Nodes = [.. Fleet.Nodes.Zip(nodes, (n, process) => new ClusterState.NodeState(
            n.Name, n.Role, ports[n.Name], process.ProcessId, process.LogFile))],
        Brokers = [.. brokers.Select(b => new ClusterState.BrokerState(b.Name, b.Bootstrap, b.ProcessId))],
        Postgres = postgres is null ? null : new ClusterState.PostgresState(postgres.Port, postgres.ProcessId),
    };

    /// <summary>Starts one node that was killed or stopped, on the ports it had.</summary>
    public Task StartAsync(string node, CancellationToken cancel = default) => Find(node).StartAsync(ports[node], cancel);

    /// <summary>Asks one node to leave.</summary>
    public Task StopAsync(string node) => Find(node).StopAsync();

    /// <summary>Ends one node at once (<c>kill -9</c>).</summary>
    public Task KillAsync(string node) => Find(node).KillAsync();

    /// <summary>Deletes the data of a node that does not run: it starts blank.</summary>
    public void Wipe(string node) => Find(node).Wipe();

    /// <summary>Freezes one node: connections stay open and nothing answers.</summary>
    public void Pause(string node) => Find(node).Pause();

    public void Resume(string node) => Find(node).Resume();

    /// <summary>Ends one broker at once; <see cref="EnsureAsync"/> brings an empty one.</summary>
    public Task KillBrokerAsync(string broker) => brokers.Single(b => b.Name == broker).KillAsync();

    /// <summary>Ends the database at once; <see cref="EnsureAsync"/> brings it back with its data.</summary>
    public Task KillPostgresAsync() => postgres?.KillAsync() ?? Task.CompletedTask;

    /// <summary>The server log of one node.</summary>
    public string LogFile(string node) => Find(node).LogFile;

    /// <summary>HTTP address of one node.</summary>
    public Uri Http(string node) => new($"http://127.0.0.1:{ports[Find(node).Name].Http}");

    /// <summary>Bootstrap address of one broker.</summary>
    public string Bootstrap(string broker) => brokers.Single(b => b.Name == broker).Bootstrap;

    public async ValueTask DisposeAsync()
    {
        await balancer.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
        await Task.WhenAll(nodes.Select(n => n.DisposeAsync().AsTask()).Concat(brokers.Select(b => b.DisposeAsync().AsTask())));
        held.Dispose();
    }

    private DevNode Find(string name) =>
        nodes.FirstOrDefault(n => n.Name == name)
        ?? throw new ArgumentException($"there is no node {name}; there are {string.Join(", ", nodes.Select(n => n.Name))}", nameof(name));

    private Task ConfigureAsync(DevNode node, Fleet fleet, Node declared, Secret secret)
    {
        var config = FleetNodeConfig.For(fleet, declared) with
        {
            ClusterSecret = secret,
            // A pipeline that is declared later may produce with any of them.
            Collections = [.. FleetCollections.All(fleet)],
            LogDays = 3,
            // The server's own default; the embedded engine would take one slot a core.
            StreamingSlots = 16,
            Keepers = Spec.Keeper is { } keeper ? [HostPort.Parse(keeper)] : [],
        };
        var users = new UsersConfig
        {
            PasswordHash = new Secret(Spec.PasswordHash),
            Profile = ProfileOf(fleet.FindRole(declared.Role)!.Kind),
        };
        var access = folder.AccessFile(declared.Role);
        return node.ConfigureAsync(config, users, File.Exists(access) ? File.ReadAllText(access) : "");
    }

    private ImmutableSortedDictionary<string, string> ProfileOf(RoleKind kind) =>
        Spec.BackgroundInserts && kind == RoleKind.Ingestion
            ? UsersConfig.ProfileOf(kind).SetItem("distributed_foreground_insert", "0")
            : UsersConfig.ProfileOf(kind);

    /// <summary>Works on all at once and reports every failure, not only the first.</summary>
    private async Task ForAllAsync<T>(ImmutableArray<T> items, Func<T, string> name, Func<T, Task> work, Action<ClusterState>? onChange)
    {
        var failures = await Task.WhenAll(items.Select(async item =>
        {
            try
            {
                await work(item);
                onChange?.Invoke(State());
                return null;
            }
            catch (UserErrorException error)
            {
                return $"{name(item)}: {error.Message}";
            }
        }));
        if (failures.Any(f => f is not null))
            throw new UserErrorException(string.Join('\n', failures.OfType<string>()));
    }
}
