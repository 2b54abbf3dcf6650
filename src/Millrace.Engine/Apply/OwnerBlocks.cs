using System.Collections.Concurrent;
using Millrace.Core.Planning;

namespace Millrace.Engine.Apply;

/// <summary>
/// What must not go on because an earlier phase failed: a view may only write a column once every storage node has it.
/// </summary>
internal sealed class OwnerBlocks
{
    private readonly ConcurrentDictionary<string, string> blocked = new(StringComparer.Ordinal);

    /// <summary>Why the step must not run; null when it may.</summary>
    public string? ReasonFor(Step step) =>
        step.Needs.Prepend(step.Owner).Select(owner => blocked.GetValueOrDefault(owner)).FirstOrDefault(reason => reason is not null);

    /// <summary>Takes in how a phase ended. A leg or a readiness that failed on one node does not hold back the others.</summary>
    public void Note(IEnumerable<(NodeStep Item, StepOutcome Outcome)> phase)
    {
        foreach (var (item, outcome) in phase.Where(ended => ended.Item.Step.Phase is not (Phase.NotReady or Phase.Ready)))
            if (outcome.Result == StepResult.Failed && item.Step.Phase != Phase.Legs)
                blocked.TryAdd(item.Step.Owner, $"waits, because {item.Step.Object.Name} failed on {item.Node}");
            else if (outcome.Result == StepResult.Failed)
                blocked.TryAdd(item.Step.Owner, $"kept, because the view on {item.Node} may still write it");
    }
}
