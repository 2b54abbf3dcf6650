using Millrace.Core.Planning;
using Millrace.Engine.Apply;

namespace Millrace.IntegrationTests.Failures;

/// <summary>Does something once, just before a phase runs.</summary>
internal sealed class AtPhase(Phase phase, Func<Task> act) : IApplyListener
{
    public Task PhaseStartingAsync(Phase starting, IReadOnlyCollection<NodeStep> items, CancellationToken cancel) =>
        starting == phase ? act() : Task.CompletedTask;

    public void StepStarted(NodeStep item)
    {
    }

    public void StepFinished(NodeStep item, StepOutcome outcome)
    {
    }

    public Task PhaseFinishedAsync(IReadOnlyCollection<(NodeStep Item, StepOutcome Outcome)> outcomes, CancellationToken cancel) =>
        Task.CompletedTask;
}
