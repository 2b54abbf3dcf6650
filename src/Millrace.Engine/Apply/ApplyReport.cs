using System.Collections.Immutable;

namespace Millrace.Engine.Apply;

/// <summary>What an apply did, node by node, in the order of the plan.</summary>
public sealed record ApplyReport(ImmutableArray<(NodeStep Item, StepOutcome Outcome)> Outcomes, TimeSpan Took)
{
    public bool Succeeded => Outcomes.All(item => item.Outcome.Result == StepResult.Done);

    public int Count(StepResult result) => Outcomes.Count(item => item.Outcome.Result == result);

    public IEnumerable<(NodeStep Item, StepOutcome Outcome)> NotDone =>
        Outcomes.Where(item => item.Outcome.Result != StepResult.Done);
}
