using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.UnitTests.Core;

/// <summary>Observed fleets to start a test from: as declared, and then with something changed.</summary>
internal static class Fleets
{
    /// <summary>The declared objects, with shapes as simple as a test can do with.</summary>
    public static ImmutableArray<CanonicalObject> Canonical(Project project) =>
        [.. Compiler.Compile(project).Select(item => new CanonicalObject(item, Shape(item, project)))];

    public static ObservedFleet AsDeclared(Project project) => new(
        [.. project.Fleet.Nodes.Select(node => new ObservedNode
        {
            Node = node,
            State = NodeState.Ok,
            Version = "26.7.2.1",
            Objects = Canonical(project).Where(item => item.Declared.Placement.Includes(node))
                .ToImmutableDictionary(item => item.Name, item => item.Shape),
        })],
        DateTimeOffset.UnixEpoch);

    public static ObservedFleet With(this ObservedFleet fleet, string node, Func<ObservedNode, ObservedNode> change) =>
        fleet with { Nodes = [.. fleet.Nodes.Select(n => n.Node.Name == node ? change(n) : n)] };

    public static ObservedFleet Without(this ObservedFleet fleet, string node, params string[] objects) =>
        fleet.With(node, n => n with { Objects = n.Objects.RemoveRange(n.Objects.Keys.Where(name => objects.Contains(name.Name))) });

    public static ObservedFleet WithObject(this ObservedFleet fleet, string node, ObjectShape shape) =>
        fleet.With(node, n => n with { Objects = n.Objects.SetItem(shape.Name, shape) });

    public static ObservedFleet Blank(this ObservedFleet fleet, string node) =>
        fleet.With(node, n => n with { Objects = ImmutableDictionary<ObjectName, ObjectShape>.Empty });

    public static ObservedFleet Silent(this ObservedFleet fleet, string node) =>
        fleet.With(node, n => new ObservedNode { Node = n.Node, State = NodeState.Unreachable, Reason = "connection refused" });

    public static Plan Plan(Project project, ObservedFleet observed) =>
        Planner.Plan(new PlanRequest(project, Canonical(project), observed, new PlanOptions()));

    private static ObjectShape Shape(DeclaredObject item, Project project)
    {
        var engine = item.Purpose switch
        {
            ObjectPurpose.DataTable => "MergeTree",
            ObjectPurpose.KafkaTable => "Kafka",
            ObjectPurpose.LegView => "MaterializedView",
            ObjectPurpose.Ready => "View",
            _ => "Distributed",
        };
        return new ObjectShape
        {
            Name = item.Name,
            Engine = engine,
            EngineFull = engine == "Kafka" ? "Kafka(msk, kafka_group_name = 'g') SETTINGS kafka_num_consumers = 1" : engine,
            AsSelect = engine is "MaterializedView" or "View" ? item.CreateSql : "",
            Columns = [new ColumnShape("id", "UInt64")],
            Target = engine == "MaterializedView" ? new ObjectName(project.Database, "writable_events") : null,
            Comment = new Mark(project.Name, item.Owner).ToString(),
            CreateQuery = item.CreateSql,
        };
    }
}
