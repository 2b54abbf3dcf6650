using Millrace.Core.Planning;
using Millrace.Engine.Apply;

namespace Millrace.Bench.Streaming;

/// <summary>Nobody watches.</summary>
internal sealed class NoListener : IApplyListener
{
    public Task PhaseStartingAsync(Phase phase, IReadOnlyCollection<NodeStep> items, CancellationToken cancel) => Task.CompletedTask;

    public void StepStarted(NodeStep item)
    {
        // Nobody watches.
    }

    public void StepFinished(NodeStep item, StepOutcome outcome)
    {
        // Nobody watches.
    }

    public Task PhaseFinishedAsync(IReadOnlyCollection<(NodeStep Item, StepOutcome Outcome)> outcomes, CancellationToken cancel) => Task.CompletedTask;
}
