using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>
/// Plans a Kafka table that messages leave through and that must be made anew, together with the legs that feed it. A block that
/// is under way writes into the table it began with: dropped meanwhile, its producer loses messages whose offsets are then committed. So
/// its legs go first, which waits for their blocks, and come back last.
/// </summary>
/// <param name="doors">Tables that the views of the legs produce into.</param>
/// <param name="legs">Every Kafka table that feeds one of them, with what stands behind it.</param>
internal sealed class ProducerPlanner(ImmutableArray<CanonicalObject> doors, ImmutableArray<(CanonicalObject Kafka, ImmutableArray<CanonicalObject> Behind)> legs, PlanOptions options)
{
    /// <summary>Null where each object can be planned by itself: no producer leaves, or nothing feeds it now.</summary>
    /// <param name="observed">What a node has of all of them, by name.</param>
    public ObjectPlan? Plan(IReadOnlyDictionary<ObjectName, ObjectShape> observed)
    {
        ObjectShape? At(CanonicalObject item) => observed.GetValueOrDefault(item.Name);
        var leaving = doors
            .Where(door => At(door) is { Engine: "Kafka" })
            .Select(door => new TablePlanner(door, RoleKind.Ingestion, options).Plan(At(door)))
            .SelectMany(plan => plan.Steps.Where(step => step.Action == StepAction.Replace))
            .ToList();
        var feeding = legs.Where(leg => At(leg.Kafka) is { Engine: "Kafka" }).ToList();
        if (leaving.Count == 0 || feeding.Count == 0)
            return null;
        var plans = legs.Select(leg => new LegPlanner(leg.Kafka, leg.Behind).Resting(At(leg.Kafka), [.. leg.Behind.Select(At)])).ToList();
        if (plans.SelectMany(plan => plan.Refusals).ToImmutableArray() is { IsEmpty: false } refusals)
            return new ObjectPlan([], refusals, []);
        var steps = plans.SelectMany(plan => plan.Steps).ToList();
        return ObjectPlan.Of(new StepDraft(
            StepAction.Recreate,
            Phase.Legs,
            Risk.Pauses,
            string.Join(", ", leaving.Select(step => $"{step.Reason}, so the stream into it rests").Concat(steps.Select(step => step.Reason).Where(reason => reason.Length > 0))),
            [
                .. feeding.Select(leg => DropSql.Of(leg.Kafka.Name)),
                .. leaving.SelectMany(step => step.Statements),
                .. steps.SelectMany(step => step.Statements),
            ],
            [.. leaving.SelectMany(step => step.Before), .. steps.SelectMany(step => step.Before)],
            [.. leaving.SelectMany(step => step.Expect), .. steps.SelectMany(step => step.Expect)],
            OneNodeAtATime: true));
    }
}
