using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>From what is declared and what is observed to the steps between them. Same input, same plan.</summary>
public sealed class Planner
{
    private readonly PlanRequest request;
    private readonly PlanCollector collector;
    private readonly ILookup<string, ObservedNode> healthy;
    private readonly ILookup<(string Role, ObjectName? Source), CanonicalObject> legViews;
    private readonly ILookup<(string Role, ObjectName? Consumer), CanonicalObject> streams;

    /// <summary>What was planned on a node together with something else.</summary>
    private readonly HashSet<(string Node, ObjectName Object)> planned = [];

    private Planner(PlanRequest request)
    {
        this.request = request;
        collector = new PlanCollector(request.Project);
        healthy = request.Observed.Nodes
            .Where(node => node.State == NodeState.Ok)
            .ToLookup(node => node.Node.Role, StringComparer.Ordinal);
        legViews = request.Objects.Where(o => o.Declared.Purpose == ObjectPurpose.LegView)
            .ToLookup(view => (view.Declared.Placement.Role, view.Declared.Source));
        streams = request.Objects.Where(o => o.Declared.Consumer is not null).ToLookup(part => (part.Declared.Placement.Role, part.Declared.Consumer));
    }

    public static Plan Plan(PlanRequest request)
    {
        var planner = new Planner(request);
        planner.PlanDatabases();
        planner.PlanDeclared();
        planner.PlanRemovals();
        return planner.Finish();
    }

    /// <summary>
    /// A database that a node holds nothing of may be missing. Creating it again is harmless, and once anything stands in
    /// it there is no step.
    /// </summary>
    private void PlanDatabases()
    {
        foreach (var home in Ordinary.GroupBy(item => (item.Declared.Placement.Role, item.Name.Database)))
        {
            var (role, database) = home.Key;
            var bare = healthy[role]
                .Where(node => home.Any(item => item.Declared.Placement.Includes(node.Node)))
                .Where(node => node.Objects.Keys.All(name => name.Database != database))
                .ToList();
            if (bare.Count > 0)
                collector.Add(DatabaseStep.Create(database), DatabaseStep.Declaration(role, database), bare);
        }
    }

    private void PlanDeclared()
    {
        foreach (var stream in KafkaTables.GroupBy(kafka => (kafka.Declared.Placement.Role, kafka.Declared.Owner)))
            PlanProducers([.. stream]);
        foreach (var item in Ordinary.Where(o => o.Declared is { Consumer: null, Purpose: not ObjectPurpose.LegView }))
        {
            var behind = BehindOf(item);
            if (behind.Prepend(item).Where(RefusesForeign).ToList().Count > 0) // All of them are named, not only the first.
                continue;
            if (item.Declared.Purpose == ObjectPurpose.KafkaTable)
                PlanLeg(item, behind);
            else
                PlanTable(item);
        }
    }

    /// <summary>The views on a Kafka table, and what stands between it and several sinks; none for any other object.</summary>
    private ImmutableArray<CanonicalObject> BehindOf(CanonicalObject kafka)
    {
        var key = (kafka.Declared.Placement.Role, (ObjectName?)kafka.Name);
        return kafka.Declared.Purpose == ObjectPurpose.KafkaTable ? [.. legViews[key], .. streams[key]] : [];
    }

    /// <summary>Where messages leave through a table that must be made anew, it and the legs of its stream are planned as one.</summary>
    private void PlanProducers(ImmutableArray<CanonicalObject> kafka)
    {
        var legs = kafka.Select(table => (Kafka: table, Behind: BehindOf(table))).ToImmutableArray();
        var behind = legs.SelectMany(leg => leg.Behind).ToImmutableArray();
        ImmutableArray<CanonicalObject> doors = [.. TargetsOf(behind).Where(target => target is { Declared.Purpose: ObjectPurpose.SinkTable, Shape.Engine: "Kafka" })];
        ImmutableArray<CanonicalObject> all = [.. doors, .. kafka, .. behind];
        if (doors.IsEmpty || all.Any(item => ForeignMark(item) is not null))
            return;
        var planner = new ProducerPlanner(doors, legs, request.Options);
        var needs = NeedsOf(behind, kafka[0].Declared.Owner);
        foreach (var group in NodesFor(kafka[0]).GroupBy(node => new LegState(null, [.. all.Select(item => node.Objects.GetValueOrDefault(item.Name))])))
        {
            if (planner.Plan(group.First().Objects) is not { } plan)
                continue;
            collector.Add(plan, kafka[0].Declared, group, needs);
            var names = plan.Steps.SelectMany(step => step.Before).Select(before => before.Name).Concat(kafka.Select(table => table.Name)).ToList();
            planned.UnionWith(group.SelectMany(node => names, (node, name) => (node.Node.Name, name)));
        }
    }

    private void PlanTable(CanonicalObject item)
    {
        var planner = new TablePlanner(item, KindOf(item), request.Options);
        foreach (var group in NodesFor(item).GroupBy(node => node.Objects.GetValueOrDefault(item.Name)))
            collector.Add(planner.Plan(group.Key), item.Declared, group);
    }

    private void PlanLeg(CanonicalObject kafka, ImmutableArray<CanonicalObject> behind)
    {
        var planner = new LegPlanner(kafka, behind);
        var groups = NodesFor(kafka).GroupBy(
            node => new LegState(
                node.Objects.GetValueOrDefault(kafka.Name),
                [.. behind.Select(item => node.Objects.GetValueOrDefault(item.Name))]));
        foreach (var group in groups)
            collector.Add(planner.Plan(group.Key.Kafka, group.Key.Behind), kafka.Declared, group, NeedsOf(behind, kafka.Declared.Owner));
    }

    /// <summary>Whose tables the views write to: rows and errors may have different owners.</summary>
    private ImmutableArray<string> NeedsOf(ImmutableArray<CanonicalObject> views, string owner) =>
        [.. TargetsOf(views).Select(item => item.Declared.Owner).Distinct(StringComparer.Ordinal).Where(other => other != owner).Order(StringComparer.Ordinal)];

    private IEnumerable<CanonicalObject> TargetsOf(ImmutableArray<CanonicalObject> views)
    {
        var targets = views.Select(view => view.Shape.Target).ToHashSet();
        return request.Objects.Where(item => targets.Contains(item.Name));
    }

    private void PlanRemovals()
    {
        var declared = request.Objects.ToLookup(item => item.Name);
        var orphans =
            from node in request.Observed.Nodes
            where node.State == NodeState.Ok
            from shape in node.Objects.Values
            where !shape.Name.IsInner && Mark.Read(shape.Comment)?.Project == request.Project.Name
                && !declared[shape.Name].Any(item => item.Declared.Placement.Includes(node.Node))
            orderby shape.Name
            group node by (node.Node.Role, Shape: shape, IsOfStream: ReadsStream(shape, node));
        foreach (var group in orphans)
        {
            var (role, shape, isOfStream) = group.Key;
            var kind = request.Project.Fleet.FindRole(role)?.Kind ?? RoleKind.Ingestion;
            collector.Add(RemovalPlanner.Plan(shape, kind, request.Options, isOfStream), Orphan(role, shape) with { Order = isOfStream ? -1 : 0 }, group);
        }
    }

    /// <summary>A view on a stream table must outlive the leg's view that fills it: rows that no view takes are gone.</summary>
    private static bool ReadsStream(ObjectShape shape, ObservedNode node) =>
        shape.Engine == "MaterializedView"
        && node.Objects.Values.Any(other => other.Engine == "Null" && shape.Target != other.Name && shape.AsSelect.Contains(Quote.Name(other.Name), StringComparison.Ordinal));

    private static DeclaredObject Orphan(string role, ObjectShape shape) => new()
    {
        Name = shape.Name,
        Placement = Placement.On(role),
        Purpose = ObjectPurpose.Schema,
        CreateSql = "",
        Owner = Mark.Read(shape.Comment)!.Owner,
    };

    /// <summary>An object of the same name that another project owns is never touched.</summary>
    private bool RefusesForeign(CanonicalObject item)
    {
        if (ForeignMark(item) is not { } foreign)
            return false;
        collector.Refuse(Refusals.OtherProject(item, foreign));
        return true;
    }

    private Mark? ForeignMark(CanonicalObject item) => NodesFor(item)
        .Select(node => node.Objects.GetValueOrDefault(item.Name))
        .Select(shape => shape is null ? null : Mark.Read(shape.Comment))
        .FirstOrDefault(mark => mark is not null && mark.Project != request.Project.Name);

    /// <summary>Readiness is planned last, from the steps of everything else.</summary>
    private IEnumerable<CanonicalObject> Ordinary => request.Objects.Where(item => item.Declared.Purpose != ObjectPurpose.Ready);

    private IEnumerable<ObservedNode> NodesFor(CanonicalObject item) =>
        healthy[item.Declared.Placement.Role].Where(node => item.Declared.Placement.Includes(node.Node) && !planned.Contains((node.Node.Name, item.Name)));

    private IEnumerable<CanonicalObject> KafkaTables => request.Objects.Where(item => item.Declared.Purpose == ObjectPurpose.KafkaTable);

    private RoleKind KindOf(CanonicalObject item) =>
        request.Project.Fleet.FindRole(item.Declared.Placement.Role)?.Kind ?? RoleKind.Storage;

    private Plan Finish()
    {
        foreach (var finding in EmptyRoles())
            collector.Refuse(finding);
        var silent = request.Observed.NotOk
            .Select(node => new SilentNode(node.Node.Name, node.Node.Role, node.Reason, node.State == NodeState.Refused))
            .ToImmutableArray();
        var wanted = collector.ToPlan() with { Silent = silent };
        var plan = ReadinessPlanner.Apply(wanted, StorageGate.Apply(wanted, request), request);
        return plan with
        {
            Refusals = [.. plan.Refusals, .. MutationGuard.Check(plan.Steps, request.Observed), .. PassedOver.Check(request)],
            Backfills = BackfillOffers.Of(plan.Steps, request),
        };
    }

    /// <summary>Success on zero nodes is no success.</summary>
    private IEnumerable<Finding> EmptyRoles() =>
        request.Objects
            .GroupBy(item => item.Declared.Placement.Role, StringComparer.Ordinal)
            .Where(role => !request.Observed.NodesOf(role.Key).Any())
            .Select(role => Finding.Error(
                "MR155", $"role `{role.Key}` has no nodes, and {role.Count()} objects belong on it",
                role.First().Declared.At, "add its nodes to fleet.yaml, or its cluster to `discovery`"));

    private sealed record LegState(ObjectShape? Kafka, ImmutableArray<ObjectShape?> Behind)
    {
        public bool Equals(LegState? other) =>
            other is not null && Equals(Kafka, other.Kafka) && Behind.SequenceEqual(other.Behind);

        public override int GetHashCode() => HashCode.Combine(Kafka, Behind.Length > 0 ? Behind[0] : null);
    }
}
