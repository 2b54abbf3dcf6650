using System.Diagnostics;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Apply;

/// <summary>The part of an apply that happens on one node.</summary>
internal sealed class NodeRun(INodeConnection node, OwnerBlocks blocks)
{
    /// <summary>CREATE of something that is there: the answer to an earlier try was lost. Reading back tells whether it is right.</summary>
    private const int TableAlreadyExists = 57;

    private bool? tellsViewTargets;
    private string? lost;
    private string? incomplete;

    public async Task<StepOutcome> RunAsync(NodeStep item)
    {
        if ((lost ?? blocks.ReasonFor(item) ?? (item.Step.Phase == Phase.Ready ? incomplete : null)) is { } reason)
            return new StepOutcome(StepResult.Skipped, TimeSpan.Zero, reason);
        var watch = Stopwatch.StartNew();
        try
        {
            foreach (var statement in item.Step.Statements)
                await ExecuteAsync(statement);
            return new StepOutcome(StepResult.Done, watch.Elapsed);
        }
        catch (ServerErrorException error)
        {
            return new StepOutcome(StepResult.Failed, watch.Elapsed, error.Message) { ServerCode = error.Code };
        }
        catch (NodeUnreachableException error)
        {
            lost = "the node stopped answering";
            return new StepOutcome(StepResult.Failed, watch.Elapsed, error.Message);
        }
    }

    /// <summary>Takes in how a step ended for good: a node that misses anything must not say that it is ready.</summary>
    public void Note(NodeStep item, StepOutcome outcome)
    {
        if (outcome.Result == StepResult.Done)
            return;
        incomplete ??= $"not ready, because {item.Step.Object.Name} is not done here";
        if (item.Step.Phase == Phase.NotReady)
            lost ??= "kept as it is, because the node still says that it is ready";
    }

    public async Task<StepOutcome> RunAndReadBackAsync(NodeStep item)
    {
        var outcome = await RunAsync(item);
        if (outcome.Result != StepResult.Done)
            return outcome;
        var wrong = await ReadBackAsync([item]);
        return wrong.TryGetValue(item, out var error) ? outcome with { Result = StepResult.Failed, Error = error } : outcome;
    }

    /// <summary>Reads the objects of finished steps back; the answer has the steps whose objects are not as expected.</summary>
    public async Task<Dictionary<NodeStep, string>> ReadBackAsync(IReadOnlyCollection<NodeStep> done)
    {
        var wrong = new Dictionary<NodeStep, string>();
        // An object that several steps of the phase touch is as the last of them expects it.
        var expected = done.SelectMany(item => item.Step.Expect.Select(expect => (item, expect)))
            .GroupBy(pair => pair.expect.Name).Select(group => group.Last()).ToList();
        if (expected.Count == 0)
            return wrong;
        try
        {
            var found = await ReadAsync([.. expected.Select(pair => pair.expect.Name)]);
            foreach (var (item, expect) in expected)
                if (ReadBack.Difference(expect, found.GetValueOrDefault(expect.Name)) is { } difference)
                    wrong[item] = difference;
        }
        catch (Exception error) when (error is ServerErrorException or NodeUnreachableException)
        {
            foreach (var (item, _) in expected)
                wrong[item] = $"it ran, but could not be read back: {error.Message}";
        }

        await FinishCyclesAsync([.. done.Where(item => item.Step.Action == StepAction.ModifyQuery && !wrong.ContainsKey(item))], wrong);
        return wrong;
    }

    private async Task FinishCyclesAsync(IReadOnlyCollection<NodeStep> changed, Dictionary<NodeStep, string> wrong)
    {
        if (changed.Count == 0)
            return;
        string? error;
        try
        {
            error = await new FlushCycles(node).WaitAsync([.. changed.Select(item => item.Step.Object)]);
        }
        catch (Exception unread) when (unread is ServerErrorException or NodeUnreachableException)
        {
            error = $"it ran, but whether consumers still use the old SELECT could not be read: {unread.Message}";
        }

        if (error is not null)
            foreach (var item in changed)
                wrong[item] = error;
    }

    private async Task<Dictionary<ObjectName, ObjectShape>> ReadAsync(IReadOnlyCollection<ObjectName> names)
    {
        tellsViewTargets ??= (await NodeIdentity.ReadAsync(node, [], CancellationToken.None)).TellsViewTargets;
        var found = await ObjectReader.ReadAsync(node, names, tellsViewTargets.Value, CancellationToken.None);
        return found.ToDictionary(pair => pair.Shape.Name, pair => pair.Shape);
    }

    private async Task ExecuteAsync(string statement)
    {
        try
        {
            await node.ExecuteAsync(statement);
        }
        catch (ServerErrorException error) when (error.Code == TableAlreadyExists)
        {
            // Read back decides.
        }
    }
}
