using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Drift;

/// <summary>Compares what is declared with what each node holds.</summary>
internal static class ObjectDrifts
{
    public static IEnumerable<ObjectDrift> Of(PlanRequest request, Plan plan) =>
        Declared(request).Concat(Orphans(request)).Select(drift => drift with { Risk = RiskOf(drift, plan) });

    private static IEnumerable<ObjectDrift> Declared(PlanRequest request) =>
        from item in request.Objects
        let nodes = NodesFor(item.Declared.Placement, request.Observed)
        from same in nodes.GroupBy(node => node.Objects.GetValueOrDefault(item.Name))
        let what = same.Key is null ? "missing" : ShapeDifference.Of(item.Shape, same.Key)
        where what is not null
        select new ObjectDrift
        {
            Object = item.Name,
            Role = item.Declared.Placement.Role,
            Owner = item.Declared.Owner,
            Kind = same.Key is null ? DriftKind.Missing : DriftKind.Differs,
            What = what,
            Nodes = Names(same),
            OfNodes = nodes.Count,
            At = item.Declared.At,
            Declared = item.Shape,
            Observed = same.Key,
        };

    private static IEnumerable<ObjectDrift> Orphans(PlanRequest request)
    {
        var declared = request.Objects.ToLookup(item => item.Name);
        return
            from node in request.Observed.Nodes
            where node.State == NodeState.Ok
            from shape in node.Objects.Values
            where Mark.Read(shape.Comment)?.Project == request.Project.Name
                && !declared[shape.Name].Any(item => item.Declared.Placement.Includes(node.Node))
            orderby shape.Name
            group node by (node.Node.Role, Shape: shape) into same
            select new ObjectDrift
            {
                Object = same.Key.Shape.Name,
                Role = same.Key.Role,
                Owner = Mark.Read(same.Key.Shape.Comment)!.Owner,
                Kind = DriftKind.Undeclared,
                What = $"no longer declared ({same.Key.Shape.Engine})",
                Nodes = Names(same),
                OfNodes = request.Observed.NodesOf(same.Key.Role).Count(node => node.State == NodeState.Ok),
                Observed = same.Key.Shape,
            };
    }

    private static List<ObservedNode> NodesFor(Placement placement, ObservedFleet observed) =>
        [.. observed.Nodes.Where(node => node.State == NodeState.Ok && placement.Includes(node.Node))];

    private static ImmutableArray<string> Names(IEnumerable<ObservedNode> nodes) => [.. nodes.Select(node => node.Node.Name)];

    private static Risk? RiskOf(ObjectDrift drift, Plan plan)
    {
        var risks = plan.Steps
            .Where(step => Concerns(step, drift.Object) && drift.Nodes.All(step.Nodes.Contains))
            .Select(step => step.Risk).ToList();
        return risks.Count == 0 ? null : risks.Max();
    }

    private static bool Concerns(Step step, ObjectName name) =>
        step.Object == name || step.Before.Concat(step.Expect).Any(state => state.Name == name);
}
