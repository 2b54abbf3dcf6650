using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Observed;

namespace Millrace.Core.Planning;

/// <summary>The part of a plan that may run without a person, and the part that may not.</summary>
/// <param name="Plan">Creates what is missing and brings back what is safe to change; drops nothing.</param>
/// <param name="Left">Steps that somebody has to decide on.</param>
public sealed record Repairs(Plan Plan, ImmutableArray<Step> Left)
{
    /// <param name="resting">Nodes to leave alone for now.</param>
    public static Repairs Of(Plan plan, PlanRequest request, IReadOnlySet<string> resting)
    {
        var needed = plan.Steps.Where(step => step.Phase is not (Phase.NotReady or Phase.Ready)).ToImmutableArray();
        var left = needed.Where(step => !MayRepair(step, request.Observed)).ToImmutableArray();
        var able = needed.Except(left).Select(step => Awake(step, resting)).Where(step => !step.Nodes.IsEmpty).ToList();
        var open = needed.Where(step => left.Contains(step) || step.Nodes.Any(resting.Contains)).ToList();
        var narrow = Owners(open.Where(step => step.Phase == Phase.ExpandStorage)).Union(Refused(request, needed));
        var unfinished = Owners(open);
        var chosen = able.Where(step => !Waits(step, narrow, unfinished)).ToImmutableArray();
        var whole = ReadinessPlanner.Apply(plan with { Steps = needed }, plan with { Steps = chosen, Refusals = [] }, request);
        return new Repairs(
            whole with { Steps = [.. whole.Steps.Select(step => Awake(step, resting)).Where(step => !step.Nodes.IsEmpty)] }, left);
    }

    /// <summary>
    /// A leg that lost a view, or whose Kafka table is a leftover stand-in, streams wrongly or not at all: making it anew
    /// interrupts nothing worth keeping.
    /// </summary>
    private static bool MayRepair(Step step, ObservedFleet observed) =>
        step.Action != StepAction.Drop
        && (step.Risk == Risk.Safe || IsBrokenLeg(step))
        && !MutationGuard.Check([step], observed).Any();

    private static bool IsBrokenLeg(Step step) =>
        step is { Phase: Phase.Legs, Action: StepAction.Recreate }
        && step.Before.Length > 1
        && (step.Before[0].Shape is not { Engine: "Kafka" } || step.Before.Any(state => state.Shape is null));

    /// <summary>
    /// Streams must not write what storage cannot take yet, and nothing is narrowed under a view that was not changed.
    /// </summary>
    private static bool Waits(Step step, ImmutableHashSet<string> narrow, ImmutableHashSet<string> unfinished) => step.Phase switch
    {
        Phase.ExpandRead or Phase.ExpandWritable or Phase.Legs => narrow.Contains(step.Owner),
        Phase.ContractWritable or Phase.ContractRead or Phase.ContractStorage => unfinished.Contains(step.Owner),
        _ => false,
    };

    /// <summary>Owners whose storage tables lack columns that no step may add.</summary>
    private static IEnumerable<string> Refused(PlanRequest request, ImmutableArray<Step> needed) =>
        from table in request.Objects
        where table.Declared.Purpose == ObjectPurpose.DataTable && needed.All(step => step.Object != table.Name)
        from node in request.Observed.Nodes
        where node.State == NodeState.Ok && table.Declared.Placement.Includes(node.Node)
            && (!node.Objects.TryGetValue(table.Name, out var shape)
                || ColumnDiff.Compare(table.Shape.Columns, shape.Columns).Any(Widens))
        select table.Declared.Owner;

    private static bool Widens(ColumnChange change) =>
        change is ColumnChange.Added
        || (change is ColumnChange.Altered altered && altered.Declared.Type != altered.Observed.Type);

    private static ImmutableHashSet<string> Owners(IEnumerable<Step> steps) =>
        [.. steps.Select(step => step.Owner)];

    private static Step Awake(Step step, IReadOnlySet<string> resting) =>
        step.Nodes.Any(resting.Contains) ? step with { Nodes = step.Nodes.RemoveAll(resting.Contains) } : step;
}
