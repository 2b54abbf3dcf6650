using System.Collections.Immutable;
using Millrace.Core.Planning;

namespace Millrace.Engine.Apply;

/// <summary>Several listeners as one, asked in their order: the first that throws keeps a phase from starting.</summary>
public sealed class ApplyListeners(params ImmutableArray<IApplyListener> listeners) : IApplyListener
{
    public async Task PhaseStartingAsync(Phase phase, IReadOnlyCollection<NodeStep> items, CancellationToken cancel)
    {
        foreach (var listener in listeners)
            await listener.PhaseStartingAsync(phase, items, cancel);
    }

    public void StepStarted(NodeStep item)
    {
        foreach (var listener in listeners)
            listener.StepStarted(item);
    }

    public void StepFinished(NodeStep item, StepOutcome outcome)
    {
        foreach (var listener in listeners)
            listener.StepFinished(item, outcome);
    }

    public async Task PhaseFinishedAsync(IReadOnlyCollection<(NodeStep Item, StepOutcome Outcome)> outcomes, CancellationToken cancel)
    {
        foreach (var listener in listeners)
            await listener.PhaseFinishedAsync(outcomes, cancel);
    }
}
