using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The file <c>fleet.yaml</c>.</summary>
internal static class FleetSpec
{
    private static readonly Field<ImmutableArray<KeyValuePair<string, Role>>> Roles = Field.Required(
        "roles",
        new MapShape<Role>(Text.Name, RoleSpec.Shape, "roles", least: 1),
        "Groups of nodes by what they are for",
        example: "{ data: { kind: storage } }");

    private static readonly Field<ImmutableArray<KeyValuePair<string, Cluster>>> Clusters = Field.Required(
        "clusters",
        new MapShape<Cluster>(Text.Name, ClusterSpec.Shape, "clusters", least: 1),
        "Entries of `remote_servers` that tables are placed on",
        example: "{ data: { role: data } }");

    private static readonly Field<ImmutableArray<KeyValuePair<string, Node>>> Nodes = Field.List(
        "nodes",
        new MapShape<Node>(Text.Name, NodeSpec.Shape, "nodes"),
        "The servers",
        example: "{ data-1: { role: data, shard: 1, http: \"http://10.0.0.1:8123\" } }");

    private static readonly Field<Discovery> Discovery = Field.Optional(
        "discovery", DiscoverySpec.Shape, "Finds the nodes on the fleet instead of listing them");

    private static readonly Field<ImmutableArray<KeyValuePair<string, Broker>>> Brokers = Field.List(
        "brokers",
        new MapShape<Broker>(Text.Name, BrokerSpec.Shape, "brokers"),
        "Kafka backends; legs of the first one get object names without a suffix",
        example: "{ msk: { collection: msk } }");

    private static readonly Field<ImmutableArray<KeyValuePair<string, Connection>>> Connections = Field.List(
        "connections",
        new MapShape<Connection>(Text.Name, ConnectionSpec.Shape, "connections"),
        "Postgres databases that pipelines write to",
        example: "{ main: { host: 10.0.0.7, database: app, user: millrace } }");

    private static readonly Field<ImmutableArray<KeyValuePair<string, Ring>>> Rings = Field.List(
        "rings",
        new MapShape<Ring>(Text.Name, RingSpec.Shape, "rings"),
        "Consistent hash rings that place rows on shards",
        example: "{ main: { cluster: data } }");

    private static readonly Field<ConnectOptions> Connect = Field.WithDefault(
        "connect",
        ConnectSpec.Shape,
        new ConnectOptions(),
        "user `default` without a password",
        "How Millrace connects to every node");

    public static readonly ObjectShape<Fleet> Shape = new(
        "fleet",
        "The servers, what they are for, and how to reach them",
        [Roles, Clusters, Nodes, Discovery, Brokers, Connections, Rings, Connect],
        v => new Fleet
        {
            Roles = Values(v.Get(Roles)),
            Clusters = Values(v.Get(Clusters)),
            Nodes = Values(v.Get(Nodes)),
            Discovery = v.Find(Discovery),
            Brokers = Values(v.Get(Brokers)),
            Connections = Values(v.Get(Connections)),
            Rings = Values(v.Get(Rings)),
            Connect = v.Get(Connect),
        })
    {
        OneOf = [[Nodes, Discovery]],
    };

    private static ImmutableArray<T> Values<T>(
        ImmutableArray<KeyValuePair<string, T>> named) => [.. named.Select(n => n.Value)];
}
