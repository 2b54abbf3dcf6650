using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Millrace.Cli;
using Millrace.Core.Layers;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Engine.Nodes;

namespace Millrace.Bench.Compute;

/// <summary>Two storage shards with generated events, and two query layers of one node each.</summary>
public sealed class ComputeCluster : IAsyncDisposable
{
    public const string Dashboards = "dashboards-1";
    public const string Monitoring = "monitoring-1";

    private const int Users = 400_000;

    private readonly EmbeddedCluster cluster;
    private readonly Services services;

    private ComputeCluster(EmbeddedCluster cluster, string folder)
    {
        this.cluster = cluster;
        services = new Services(folder);
    }

    public IEnumerable<string> Nodes => cluster.Fleet.Nodes.Select(node => node.Name);

    /// <summary>The profile of a layer about which nothing special is declared.</summary>
    public ImmutableSortedDictionary<string, string> LayerSettings => LayerProfile.Of(
        new Project { Name = "bench", Database = "b", Fleet = cluster.Fleet }, cluster.Fleet.FindRole("dashboards")!);

    public static async Task<ComputeCluster> StartAsync(string folder, long rows, CancellationToken cancel)
    {
        var spec = new DevClusterSpec
        {
            Roles = [new("data", RoleKind.Storage, 2), new("dashboards", RoleKind.Query, 1), new("monitoring", RoleKind.Query, 1)],
            Brokers = [],
        };
        var started = new ComputeCluster(await EmbeddedCluster.UpAsync(spec, Path.Combine(folder, "cluster"), cancel: cancel), folder);
        await started.FillAsync(rows, cancel);
        return started;
    }

    public int ProcessOf(string node) => cluster.State().Nodes.Single(n => n.Name == node).ProcessId!.Value;

    public INodeConnection Connect(string node) => services.Connector.Connect(cluster.Http(node), cluster.Fleet.Connect);

    public async Task<string> AskAsync(string node, string sql, StatementOptions? options, CancellationToken cancel) =>
        Encoding.UTF8.GetString(await Connect(node).QueryAsync(sql, options, cancel)).TrimEnd('\n');

    /// <summary>CPU seconds that a query took on a node, as the node's own log has it; 0 when it took no part.</summary>
    public async Task<double> CpuOfAsync(string node, string queryId, CancellationToken cancel)
    {
        await Connect(node).ExecuteAsync("SYSTEM FLUSH LOGS query_log", cancel: cancel);
        var micros = await AskAsync(
            node,
            "SELECT sum(ProfileEvents['UserTimeMicroseconds'] + ProfileEvents['SystemTimeMicroseconds']) FROM system.query_log"
                + $" WHERE initial_query_id = '{queryId}' AND type = 'QueryFinish'",
            null, cancel);
        return double.Parse(micros, CultureInfo.InvariantCulture) / 1e6;
    }

    public async ValueTask DisposeAsync()
    {
        services.Dispose();
        await cluster.DisposeAsync();
    }

    private async Task FillAsync(long rows, CancellationToken cancel)
    {
        const string Events = "(user_id UInt64, ts DateTime, event LowCardinality(String), value Float64)";
        const string People = "(user_id UInt64, country LowCardinality(String))";
        foreach (var shard in new[] { 1, 2 })
        {
            var node = Connect($"data-{shard}");
            await node.ExecuteAsync("CREATE DATABASE b", cancel: cancel);
            await node.ExecuteAsync($"CREATE TABLE b.sharded_events {Events} ENGINE = MergeTree ORDER BY (user_id, ts)", cancel: cancel);
            await node.ExecuteAsync($"CREATE TABLE b.sharded_users {People} ENGINE = MergeTree ORDER BY user_id", cancel: cancel);
            await node.ExecuteAsync(
                "INSERT INTO b.sharded_events SELECT cityHash64(number) % " + Users + ", toDateTime(1700000000 + intHash32(number) % 8640000),"
                + " ['view', 'click', 'cart', 'order'][1 + number % 4], sipHash64(number) % 1000000 / 100"
                + $" FROM numbers({rows}) WHERE cityHash64(number) % {Users} % 2 = {shard - 1}", cancel: cancel);
            await node.ExecuteAsync(
                $"INSERT INTO b.sharded_users SELECT number, ['DE', 'FR', 'PL', 'US', 'IN', 'BR'][1 + number % 6] FROM numbers({Users}) WHERE number % 2 = {shard - 1}", cancel: cancel);
            await node.ExecuteAsync("OPTIMIZE TABLE b.sharded_events FINAL", cancel: cancel);
        }

        foreach (var name in new[] { Dashboards, Monitoring })
        {
            var node = Connect(name);
            await node.ExecuteAsync("CREATE DATABASE b", cancel: cancel);
            await node.ExecuteAsync($"CREATE TABLE b.events {Events} ENGINE = Distributed('data', 'b', 'sharded_events', user_id)", cancel: cancel);
            await node.ExecuteAsync($"CREATE TABLE b.users {People} ENGINE = Distributed('data', 'b', 'sharded_users', user_id)", cancel: cancel);
        }
    }
}
