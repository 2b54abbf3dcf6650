using System.Collections.Concurrent;
using Millrace.Core.Planning;

namespace Millrace.Engine.Apply;

/// <summary>
/// What must not go on because something before it is not done. Storage is shared: a view may only write a column once
/// every storage node has it. Everything else a node has for itself: its trouble holds back that node, and the narrowing
/// of storage, which its old view may still write.
/// </summary>
internal sealed class OwnerBlocks
{
    private readonly ConcurrentDictionary<string, string> everywhere = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Owner, string Node), string> onNode = new();
    private readonly ConcurrentDictionary<string, string> narrowing = new(StringComparer.Ordinal);

    /// <summary>Why the step must not run; null when it may.</summary>
    public string? ReasonFor(NodeStep item) =>
        Owners(item.Step).Select(owner => ReasonFor(owner, item)).FirstOrDefault(reason => reason is not null);

    /// <summary>
    /// Takes in how a phase ended. What was skipped is as little done as what failed; readiness holds back nobody else.
    /// </summary>
    public void Note(IEnumerable<(NodeStep Item, StepOutcome Outcome)> phase)
    {
        foreach (var (item, outcome) in phase)
            if (outcome.Result != StepResult.Done && item.Step.Phase is not (Phase.NotReady or Phase.Ready))
                Note(item);
    }

    private static IEnumerable<string> Owners(Step step) => step.Needs.Prepend(step.Owner);

    private string? ReasonFor(string owner, NodeStep item) =>
        everywhere.GetValueOrDefault(owner)
        ?? onNode.GetValueOrDefault((owner, item.Node))
        ?? (item.Step.Phase == Phase.ContractStorage ? narrowing.GetValueOrDefault(owner) : null);

    private void Note(NodeStep item)
    {
        var what = $"{item.Step.Object.Name} is not done on {item.Node}";
        if (item.Step.Phase is Phase.ExpandStorage)
            everywhere.TryAdd(item.Step.Owner, $"waits, because {what}");
        onNode.TryAdd((item.Step.Owner, item.Node), $"waits, because {what}");
        foreach (var owner in Owners(item.Step))
            narrowing.TryAdd(owner, $"kept, because {what}, so that it may still be in use");
    }
}
