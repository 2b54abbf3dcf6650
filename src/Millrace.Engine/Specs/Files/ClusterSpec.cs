using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A cluster in <c>fleet.yaml</c>.</summary>
internal static class ClusterSpec
{
    private static readonly Field<string> Role = Field.Required(
        "role", Text.Name, "The storage role whose nodes are in it", example: "data");

    private static readonly Field<bool> SingleShard = Field.WithDefault(
        "single_shard",
        new FlagShape(),
        false,
        "false",
        "True when all its nodes are replicas of one shard: the home of tables that are not sharded");

    private static readonly Field<bool> Replicated = Field.WithDefault(
        "replicated",
        new FlagShape(),
        false,
        "false",
        "True when its tables use Replicated* engines, kept equal through Keeper");

    private static readonly Field<string> ReplicaPath = Field.WithDefault(
        "replica_path",
        new TextShape("a Keeper path that starts with `/`", "^/.+"),
        "/clickhouse/tables/{shard}/{database}/{table}",
        "/clickhouse/tables/{shard}/{database}/{table}",
        "Keeper path of replicated tables; `{database}` and `{table}` are filled in, other macros are the node's");

    private static readonly Field<ImmutableArray<string>> Nodes = Field.List(
        "nodes",
        new ListShape<string>(Text.Name, "node names", least: 1),
        "Only these nodes of the role",
        example: "[data-1, data-2]",
        otherwise: "all of the role");

    public static readonly ObjectShape<Cluster> Shape = new(
        "cluster",
        "An entry of `remote_servers` on the nodes, over storage nodes",
        [Role, SingleShard, Replicated, ReplicaPath, Nodes],
        v => new Cluster
        {
            Name = v.Key,
            Role = v.Get(Role),
            SingleShard = v.Get(SingleShard),
            Replicated = v.Get(Replicated),
            ReplicaPath = v.Get(ReplicaPath),
            Nodes = v.Get(Nodes),
        });
}
