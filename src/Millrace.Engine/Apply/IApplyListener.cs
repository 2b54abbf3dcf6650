using Millrace.Core.Planning;

namespace Millrace.Engine.Apply;

/// <summary>Hears of an apply while it runs: progress, journal. Called from several threads.</summary>
public interface IApplyListener
{
    /// <summary>A phase starts; nothing of it has run. An exception stops the apply before the phase.</summary>
    Task PhaseStartingAsync(Phase phase, IReadOnlyCollection<NodeStep> items, CancellationToken cancel);

    void StepStarted(NodeStep item);

    void StepFinished(NodeStep item, StepOutcome outcome);

    /// <summary>Everything of a phase has ended, read back included.</summary>
    Task PhaseFinishedAsync(IReadOnlyCollection<(NodeStep Item, StepOutcome Outcome)> outcomes, CancellationToken cancel);
}
