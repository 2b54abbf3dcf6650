using Millrace.Core.Planning;
using Millrace.Engine.Apply;

namespace Millrace.Engine.Locking;

/// <summary>Asks before each phase whether the lock is still held.</summary>
public sealed class LeaseListener(Lease lease) : IApplyListener
{
    public Task PhaseStartingAsync(Phase phase, IReadOnlyCollection<NodeStep> items, CancellationToken cancel) => lease.CheckAsync(cancel);

    public void StepStarted(NodeStep item)
    {
    }

    public void StepFinished(NodeStep item, StepOutcome outcome)
    {
    }

    public Task PhaseFinishedAsync(IReadOnlyCollection<(NodeStep Item, StepOutcome Outcome)> outcomes, CancellationToken cancel) =>
        Task.CompletedTask;
}
