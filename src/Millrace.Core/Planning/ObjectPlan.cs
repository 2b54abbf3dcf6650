using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>The outcome for one object in one observed state.</summary>
internal sealed record ObjectPlan(
    ImmutableArray<StepDraft> Steps,
    ImmutableArray<Finding> Refusals,
    ImmutableArray<(ObjectName Object, string What)> Held)
{
    public static ObjectPlan Nothing { get; } = new([], [], []);

    public static ObjectPlan Of(params ImmutableArray<StepDraft> steps) => new(steps, [], []);

    public static ObjectPlan Refuse(Finding finding) => new([], [finding], []);
}
