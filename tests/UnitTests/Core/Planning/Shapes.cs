using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.UnitTests.Core.Planning;

/// <summary>Hand-made objects and fleets for planner tests; the texts need only be consistent, no server reads them.</summary>
internal static class Shapes
{
    public const string Mine = "millrace:demo:pipelines/events";

    public static ObjectName Name(string name) => new("d", name);

    public static ObjectShape Table(string name, string engine, string columns = "id:UInt64", string engineFull = "") => new()
    {
        Name = Name(name),
        Engine = engine,
        EngineFull = engineFull.Length == 0 ? $"{engine} ORDER BY id" : engineFull,
        Columns = [.. columns.Split(' ').Select(c => new ColumnShape(c.Split(':')[0], c.Split(':')[1]))],
        Comment = Mine,
        CreateQuery = $"CREATE TABLE d.{name} ({columns}) ENGINE = {engine} {engineFull}",
    };

    public static ObjectShape View(string name, string target, string select = "SELECT 1") => new()
    {
        Name = Name(name),
        Engine = "MaterializedView",
        Columns = [new ColumnShape("id", "UInt64")],
        AsSelect = select,
        Target = Name(target),
        Comment = Mine,
        CreateQuery = $"CREATE MATERIALIZED VIEW d.{name} TO d.{target} AS {select}",
    };

    public static CanonicalObject Declare(ObjectShape shape, string role, ObjectPurpose purpose, string owner = "pipelines/events") => new(
        new DeclaredObject
        {
            Name = shape.Name,
            Placement = Placement.On(role),
            Purpose = purpose,
            Owner = owner,
            CreateSql = $"CREATE {shape.Name.Name}",
            Source = purpose == ObjectPurpose.LegView ? Name("kafka_events") : null,
            StandInSql = purpose == ObjectPurpose.KafkaTable ? "CREATE STAND-IN" : null,
        },
        shape);

    /// <summary>One stream as the compiler would lay it out: data, writable, Kafka table and two views.</summary>
    public static ImmutableArray<CanonicalObject> Stream { get; } =
    [
        Declare(Table("sharded_events", "MergeTree"), "data", ObjectPurpose.DataTable),
        Declare(Table("writable_events", "Distributed", engineFull: "Distributed('data', 'd', 'sharded_events')"), "events", ObjectPurpose.WritableTable),
        Declare(Table("errors", "MergeTree"), "data", ObjectPurpose.DataTable, "errors/errors"),
        Declare(Table("writable_errors", "Distributed", engineFull: "Distributed('data', 'd', 'errors')"), "events", ObjectPurpose.WritableTable, "errors/errors"),
        Declare(Table("kafka_events", "Kafka", engineFull: "Kafka(msk) SETTINGS kafka_num_consumers = 1"), "events", ObjectPurpose.KafkaTable),
        Declare(View("events_mv", "writable_events"), "events", ObjectPurpose.LegView),
        Declare(View("events_errors_mv", "writable_errors"), "events", ObjectPurpose.LegView),
    ];

    /// <summary>Every node of <see cref="Projects.Fleet"/> with exactly these objects.</summary>
    public static ObservedFleet Observe(IEnumerable<CanonicalObject> objects) => new(
        [
            .. Projects.Fleet.Nodes.Select(node => new ObservedNode
            {
                Node = node,
                State = NodeState.Ok,
                Facts = new NodeFacts(),
                Objects = objects.Where(item => item.Declared.Placement.Includes(node)).ToImmutableDictionary(item => item.Name, item => item.Shape),
            }),
        ],
        DateTimeOffset.UnixEpoch);

    public static ObservedFleet Change(this ObservedFleet fleet, string node, Func<ObservedNode, ObservedNode> change) =>
        fleet with { Nodes = [.. fleet.Nodes.Select(item => item.Node.Name == node ? change(item) : item)] };

    public static ObservedFleet Silence(this ObservedFleet fleet, string node) =>
        fleet.Change(node, item => new ObservedNode { Node = item.Node, State = NodeState.Unreachable, Reason = "connection refused" });

    public static Plan Plan(IEnumerable<CanonicalObject> declared, ObservedFleet observed, PlanOptions? options = null) =>
        Planner.Plan(new PlanRequest(Projects.Project, [.. declared], observed, options ?? new PlanOptions()));

    /// <summary>The stream with one of its objects changed.</summary>
    public static ImmutableArray<CanonicalObject> With(string name, Func<ObjectShape, ObjectShape> change) =>
        [.. Stream.Select(item => item.Name.Name == name ? item with { Shape = Renewed(change(item.Shape)) } : item)];

    /// <summary>A changed object has another definition.</summary>
    private static ObjectShape Renewed(ObjectShape shape) => shape with { CreateQuery = $"{shape} {string.Join(' ', shape.Columns)}" };
}
