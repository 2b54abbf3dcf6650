using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A node in <c>fleet.yaml</c>.</summary>
internal static class NodeSpec
{
    private static readonly Field<string> Role = Field.Required("role", Text.Name, "Its role", example: "data");

    private static readonly Field<Uri> Http = Field.Required(
        "http", new UrlShape(), "HTTP or HTTPS address, as Millrace reaches it", example: "http://10.0.0.1:8123");

    private static readonly Field<string> Native = Field.Optional(
        "native", Text.Address, "Native protocol address, as the other nodes reach it", example: "10.0.0.1:9000");

    private static readonly Field<int> Shard = Field.WithDefault(
        "shard",
        new WholeNumberShape(1, 100_000),
        0,
        "none",
        "Shard number of a storage node, counted from 1",
        example: "1");

    private static readonly Field<string> Replica = Field.Optional(
        "replica",
        Text.Name,
        "Replica name within the shard, as its macro `replica` says",
        example: "data-1",
        otherwise: "the node's name");

    public static readonly ObjectShape<Node> Shape = new(
        "node",
        "One ClickHouse server",
        [Role, Http, Native, Shard, Replica],
        v => new Node(v.Key, v.Get(Role), v.Get(Http), v.Find(Native), v.Get(Shard), v.Find(Replica)));
}
