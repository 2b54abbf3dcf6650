using System.Collections.Concurrent;
using System.Collections.Immutable;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Apply;

/// <summary>
/// Lets the nodes of a rolling step go one after the other. When one fails, the rest keep what they have: a change that
/// broke one consumer must not break them all.
/// </summary>
internal sealed class Turns(ImmutableArray<Step> steps)
{
    private readonly Dictionary<(string Role, ObjectName Object), SemaphoreSlim> turns = steps
        .Where(step => step.OneNodeAtATime).Select(Key).Distinct()
        .ToDictionary(key => key, _ => new SemaphoreSlim(1));

    private readonly ConcurrentDictionary<(string Role, ObjectName Object), string> failedOn = new();

    public async Task<StepOutcome> TakeAsync(NodeStep item, Func<Task<StepOutcome>> run, CancellationToken cancel)
    {
        var key = Key(item.Step);
        await turns[key].WaitAsync(cancel);
        try
        {
            if (failedOn.TryGetValue(key, out var node))
                return new StepOutcome(StepResult.Skipped, TimeSpan.Zero, $"kept as it is, because {node} failed");
            var outcome = await run();
            if (outcome.Result == StepResult.Failed)
                failedOn[key] = item.Node;
            return outcome;
        }
        finally
        {
            turns[key].Release();
        }
    }

    private static (string Role, ObjectName Object) Key(Step step) => (step.Role, step.Object);
}
