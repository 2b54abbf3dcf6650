using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.ServerConfig;

namespace Millrace.DevCluster;

/// <summary>The fleet that a development cluster is: a pure function of what was asked for and where it listens.</summary>
internal static class DevTopology
{
    /// <summary>
    /// A member that vanished is given up after 6 s, not 45: restarts are frequent in development. With statistics, the
    /// consumers tell their lag in <c>system.kafka_consumers</c>.
    /// </summary>
    private static readonly ImmutableSortedDictionary<string, string> KafkaOptions =
        ImmutableSortedDictionary<string, string>.Empty.Add("session.timeout.ms", "6000").Add("statistics.interval.ms", "1000");

    public static Fleet Build(
        DevClusterSpec spec,
        IReadOnlyDictionary<string, NodePorts> ports,
        IReadOnlyDictionary<string, string> bootstraps,
        int cores,
        Connection? postgres = null) => new()
    {
        Roles = [.. spec.Roles.Where(r => r.Nodes > 0).Select(r => new Role(r.Name, r.Kind, cores))],
        Clusters = [.. spec.Roles.Where(r => r is { Kind: RoleKind.Storage, Nodes: > 0 }).SelectMany(Clusters)],
        Nodes = [.. spec.NodeNames().Select(n => Node(n.Name, n.Role, n.Number, ports[n.Name]))],
        Brokers = [.. spec.Brokers.Select(b => new Broker(b, b, bootstraps[b], KafkaOptions))],
        Connections = postgres is null ? [] : [postgres],
        Connect = new ConnectOptions { User = spec.PasswordHash.Length == 0 ? "default" : UsersConfig.Operator },
    };

    /// <summary>The sharded cluster, and the one whose only shard is the first node: home of tables that are not sharded.</summary>
    private static IEnumerable<Cluster> Clusters(DevRole role) =>
    [
        new() { Name = role.Name, Role = role.Name },
        new() { Name = role.Name + "_single", Role = role.Name, SingleShard = true, Nodes = [role.Name + "-1"] },
    ];

    private static Node Node(string name, DevRole role, int number, NodePorts ports) => new(
        name,
        role.Name,
        new Uri($"http://127.0.0.1:{ports.Http}"),
        $"127.0.0.1:{ports.Native}",
        role.Kind == RoleKind.Storage ? number : 0);
}
