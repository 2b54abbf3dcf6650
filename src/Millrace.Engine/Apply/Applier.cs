using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Millrace.Core.Planning;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Apply;

/// <summary>
/// Runs a plan: phase by phase, the nodes of a phase side by side, each object read back. What fails holds back only
/// what builds on it; the healthy nodes finish. One applier runs one plan.
/// </summary>
/// <param name="connect">Opens a connection to a node by its name.</param>
public sealed class Applier(Func<string, INodeConnection> connect, IApplyListener listener)
{
    /// <summary>Steps of one phase on one node at the same time: they concern different objects.</summary>
    private const int StepsPerNode = 4;

    private readonly ConcurrentDictionary<NodeStep, StepOutcome> outcomes = new();
    private readonly ConcurrentDictionary<string, NodeRun> runs = new(StringComparer.Ordinal);
    private readonly OwnerBlocks blocks = new();

    /// <summary>
    /// An interrupt takes effect between steps, never within one: half a leg would leave a stream standing still.
    /// </summary>
    /// <exception cref="OperationCanceledException">Interrupted; every step that was started has ended.</exception>
    public async Task<ApplyReport> ApplyAsync(Plan plan, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var phases = plan.Steps.GroupBy(step => (step.Phase, step.Order)).ToList();
        foreach (var phase in phases)
            await RunPhaseAsync(phase.Key.Phase, [.. phase], cancel);
        return new ApplyReport([.. plan.Steps.SelectMany(ItemsOf).Select(item => (item, outcomes[item]))], watch.Elapsed);
    }

    private static IEnumerable<NodeStep> ItemsOf(Step step) => step.Nodes.Select(node => new NodeStep(step, node));

    private async Task RunPhaseAsync(Phase phase, ImmutableArray<Step> steps, CancellationToken cancel)
    {
        var items = steps.SelectMany(ItemsOf).ToList();
        await listener.PhaseStartingAsync(phase, items, cancel);
        var turns = new Turns(steps);
        await Task.WhenAll(items
            .GroupBy(item => item.Node, StringComparer.Ordinal)
            .Select(node => RunNodeAsync(node.Key, [.. node], turns, cancel)));
        var ended = items.Select(item => (item, outcomes[item])).ToList();
        blocks.Note(ended);
        await listener.PhaseFinishedAsync(ended, cancel);
    }

    private async Task RunNodeAsync(string node, ImmutableArray<NodeStep> items, Turns turns, CancellationToken cancel)
    {
        var run = runs.GetOrAdd(node, name => new NodeRun(connect(name), blocks));
        await RunFreeAsync(run, [.. items.Where(item => !item.Step.OneNodeAtATime)], cancel);
        foreach (var item in items.Where(item => item.Step.OneNodeAtATime))
        {
            listener.StepStarted(item);
            Finish(run, item, await turns.TakeAsync(item, () => run.RunAndReadBackAsync(item), cancel));
        }
    }

    /// <summary>Steps that need not wait for other nodes; one reading back for all of them.</summary>
    private async Task RunFreeAsync(NodeRun run, ImmutableArray<NodeStep> items, CancellationToken cancel)
    {
        var ended = new ConcurrentDictionary<NodeStep, StepOutcome>();
        await Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = StepsPerNode },
            async (item, _) =>
            {
                if (cancel.IsCancellationRequested)
                    return;
                listener.StepStarted(item);
                ended[item] = await run.RunAsync(item);
            });
        var wrong = await run.ReadBackAsync([.. items.Where(item => ended.GetValueOrDefault(item)?.Result == StepResult.Done)]);
        foreach (var item in items.Where(ended.ContainsKey))
            Finish(run, item, wrong.TryGetValue(item, out var error)
                ? ended[item] with { Result = StepResult.Failed, Error = error }
                : ended[item]);
        cancel.ThrowIfCancellationRequested();
    }

    private void Finish(NodeRun run, NodeStep item, StepOutcome outcome)
    {
        run.Note(item, outcome);
        outcomes[item] = outcome;
        listener.StepFinished(item, outcome);
    }
}
