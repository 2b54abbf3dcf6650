using Millrace.Core.Model;

namespace Millrace.UnitTests.Core;

/// <summary>Small declarations to start a test from.</summary>
internal static class Projects
{
    public static Node Node(string name, string role, int shard = 0) =>
        new(name, role, new Uri($"http://{name}:8123"), $"{name}:9000", shard);

    public static Fleet Fleet { get; } = new()
    {
        Roles = [new Role("data", RoleKind.Storage), new Role("events", RoleKind.Ingestion), new Role("query", RoleKind.Query)],
        Clusters =
        [
            new Cluster { Name = "data", Role = "data" },
            new Cluster { Name = "data_single", Role = "data", SingleShard = true, Nodes = ["data-1"] },
        ],
        Nodes = [Node("data-1", "data", 1), Node("data-2", "data", 2), Node("ing-1", "events"), Node("ing-2", "events"), Node("query-1", "query")],
        Brokers = [new Broker("msk", "msk"), new Broker("warpstream", "ws")],
    };

    public static Leg Leg { get; } = new() { Name = "msk", Broker = "msk", Topic = "events", Group = "g" };

    public static Pipeline Pipeline { get; } = new()
    {
        Name = "events",
        Role = "events",
        Columns = [new Column("id", "UInt64"), new Column("body", "String")],
        Legs = [Leg],
        Into = new TableSink { Table = "events", Engine = "ReplacingMergeTree(_timestamp)", OrderBy = ["id"], ShardBy = "sipHash64(id)" },
        Errors = new ErrorSink("ingestion_errors"),
    };

    public static Project Project { get; } = new() { Name = "demo", Database = "d", Fleet = Fleet, Pipelines = [Pipeline] };
}
