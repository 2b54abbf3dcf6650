using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Core.ServerConfig;

/// <summary>Derives what one node must be told from the declaration of the whole fleet.</summary>
public static class FleetNodeConfig
{
    /// <summary>Macro that carries the node's role; statements go to exactly the hosts whose macro matches.</summary>
    public const string RoleMacro = "hostClusterRole";

    public static NodeConfig For(Fleet fleet, Node node) => new()
    {
        Macros = Macros(node),
        Clusters = [.. fleet.Clusters.Select(c => Cluster(fleet, c)), .. RoleClusters(fleet)],
        Collections =
        [
            .. fleet.Brokers.Where(broker => broker.Bootstrap is not null).Select(FleetCollections.Consumer),
            .. fleet.Connections.Where(connection => connection.Host is not null).Select(FleetCollections.Database),
        ],
    };

    private static ImmutableSortedDictionary<string, string> Macros(Node node)
    {
        var macros = ImmutableSortedDictionary<string, string>.Empty
            .Add(RoleMacro, node.Role)
            .Add("replica", node.Replica ?? node.Name);
        return node.Shard > 0 ? macros.Add("shard", $"{node.Shard}") : macros;
    }

    private static RemoteCluster Cluster(Fleet fleet, Cluster cluster)
    {
        var members = fleet.Nodes.Where(n => cluster.Contains(n) && n.Native is not null);
        var shards = members.GroupBy(n => cluster.SingleShard ? 1 : n.Shard).OrderBy(g => g.Key);
        return new RemoteCluster(cluster.Name, [.. shards.Select(g => new RemoteShard([.. g.Select(Address)], cluster.Replicated))]);
    }

    /// <summary>Stateless roles are clusters too, so that the fleet can be found from any of its nodes.</summary>
    private static IEnumerable<RemoteCluster> RoleClusters(Fleet fleet) =>
        from role in fleet.Roles
        where role.Kind != RoleKind.Storage && fleet.FindCluster(role.Name) is null
        let nodes = fleet.NodesOf(role.Name).Where(n => n.Native is not null).ToImmutableArray()
        where !nodes.IsEmpty
        select new RemoteCluster(role.Name, [.. nodes.Select(n => new RemoteShard([Address(n)], InternalReplication: false))]);

    private static HostPort Address(Node node) => HostPort.Parse(node.Native!);
}
