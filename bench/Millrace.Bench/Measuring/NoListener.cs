using Millrace.Core.Planning;
using Millrace.Engine.Apply;
using Millrace.Engine.Watch;

namespace Millrace.Bench.Measuring;

/// <summary>Hears everything and says nothing.</summary>
internal sealed class NoListener : IApplyListener, IWatchListener
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

    public void On(WatchEvent happened)
    {
    }
}
