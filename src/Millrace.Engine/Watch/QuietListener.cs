using Millrace.Core.Planning;
using Millrace.Engine.Apply;

namespace Millrace.Engine.Watch;

/// <summary>A watch tells of a repair when it has ended, not step by step.</summary>
internal sealed class QuietListener : IApplyListener
{
    public Task PhaseStartingAsync(Phase phase, IReadOnlyCollection<NodeStep> items, CancellationToken cancel) => Task.CompletedTask;

    public void StepStarted(NodeStep item)
    {
    }

    public void StepFinished(NodeStep item, StepOutcome outcome)
    {
    }

    public Task PhaseFinishedAsync(IReadOnlyCollection<(NodeStep Item, StepOutcome Outcome)> outcomes, CancellationToken cancel) =>
        Task.CompletedTask;
}
