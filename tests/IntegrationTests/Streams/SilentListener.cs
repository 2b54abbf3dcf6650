using Millrace.Core.Planning;
using Millrace.Engine.Apply;

namespace Millrace.IntegrationTests.Streams;

/// <summary>Listens to an apply and says nothing.</summary>
internal sealed class SilentListener : IApplyListener
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
