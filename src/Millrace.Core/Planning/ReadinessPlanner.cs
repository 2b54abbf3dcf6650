using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>
/// Takes a node's sign of readiness away before anything that it vouches for is gone, and puts it up once all is there.
/// A change that only adds leaves it standing and replaces it at the end, so that the node serves without a gap.
/// </summary>
/// <param name="wanted">What the nodes need.</param>
/// <param name="plan">The part of it that this apply does.</param>
internal sealed class ReadinessPlanner(Plan wanted, Plan plan)
{
    public static Plan Apply(Plan wanted, Plan plan, PlanRequest request)
    {
        var planner = new ReadinessPlanner(wanted, plan);
        var collector = new PlanCollector(request.Project);
        foreach (var ready in request.Objects.Where(item => item.Declared.Purpose == ObjectPurpose.Ready))
        {
            var groups = request.Observed.Nodes
                .Where(node => node.State == NodeState.Ok && ready.Declared.Placement.Includes(node.Node))
                .GroupBy(node => planner.StateOf(ready, node));
            foreach (var group in groups)
                collector.Add(Plan(ready, group.Key), ready.Declared, group);
        }

        var steps = plan.Steps.AddRange(collector.ToPlan().Steps);
        return plan with { Steps = [.. steps.OrderBy(step => step.Phase).ThenBy(step => step.Order)] };
    }

    private State StateOf(CanonicalObject ready, ObservedNode node)
    {
        var observed = node.Objects.GetValueOrDefault(ready.Name);
        var needed = wanted.Steps.Where(step => step.Nodes.Contains(node.Node.Name)).ToList();
        var done = plan.Steps.Where(step => step.Nodes.Contains(node.Node.Name)).ToList();
        // A view with this very declaration promises objects that are not there; one with an earlier does not.
        var promisesTooMuch = Equals(observed, ready.Shape) && needed.Any(step => step.Action == StepAction.Create);
        return new State(observed, promisesTooMuch || done.Any(LeavesGap), needed.Count > done.Count);
    }

    private static bool LeavesGap(Step step) =>
        step.Action == StepAction.Recreate
        || (step.Action == StepAction.Replace && step.Statements.Any(sql => sql.StartsWith("DROP ", StringComparison.Ordinal)));

    private static ObjectPlan Plan(CanonicalObject ready, State state)
    {
        var steps = ImmutableArray.CreateBuilder<StepDraft>();
        ImmutableArray<Expectation> before = [new(ready.Name, state.Observed)];
        var stands = state.Observed is not null && !state.IsUnfit;
        if (state is { Observed: not null, IsUnfit: true })
            steps.Add(new(
                StepAction.Drop, Phase.NotReady, Risk.Safe, "not ready while objects are missing or made anew",
                DropSql.Of(state.Observed), before, [new(ready.Name, null)]));
        if (!state.Waits && (!stands || !Equals(state.Observed, ready.Shape)))
            steps.Add(new(
                stands ? StepAction.Replace : StepAction.Create, Phase.Ready, Risk.Safe,
                stands ? "another declaration" : "missing",
                stands ? ReplaceSql.Of(ready.Declared, state.Observed!) : Creation(ready),
                before, [new(ready.Name, ready.Shape)]));
        return ObjectPlan.Of(steps.ToImmutable());
    }

    /// <summary>With its database, which holds nothing else on most nodes and would otherwise take a phase of its own.</summary>
    private static ImmutableArray<string> Creation(CanonicalObject ready) =>
        [$"CREATE DATABASE IF NOT EXISTS {Quote.Name(ready.Name.Database)}", ready.Declared.CreateSql];

    /// <param name="IsUnfit">Objects that it vouches for are missing, or will be for a moment.</param>
    /// <param name="Waits">Something of the declaration cannot be done on this node yet.</param>
    private sealed record State(ObjectShape? Observed, bool IsUnfit, bool Waits);
}
