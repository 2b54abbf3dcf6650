using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Engine.Watch;

/// <summary>One loop a node; loops come and go with their nodes. Not for concurrent use.</summary>
internal sealed class NodeLoops(Func<Node, NodeLoop> open, CancellationToken cancel) : IAsyncDisposable
{
    private readonly Dictionary<Node, (CancellationTokenSource Stop, Task Running)> loops = [];
    private readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the first error that is no node's: a defect.</summary>
    public Task Failure => failed.Task;

    /// <returns>Nodes that came, and nodes that went.</returns>
    public async Task<(ImmutableArray<Node> Joined, ImmutableArray<Node> Left)> WatchAsync(ImmutableArray<Node> nodes)
    {
        ImmutableArray<Node> joined = [.. nodes.Where(node => !loops.ContainsKey(node))];
        ImmutableArray<Node> left = [.. loops.Keys.Except(nodes)];
        foreach (var node in left)
            await StopAsync(node);
        foreach (var node in joined)
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            loops[node] = (stop, RunAsync(open(node), stop.Token));
        }

        return (joined, left);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in loops.Keys.ToList())
            await StopAsync(node);
    }

    private async Task RunAsync(NodeLoop loop, CancellationToken stop)
    {
        try
        {
            await loop.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Its node left, or the watch ends.
        }
        catch (Exception error)
        {
            failed.TrySetException(error);
        }
    }

    private async Task StopAsync(Node node)
    {
        loops.Remove(node, out var loop);
        await loop.Stop.CancelAsync();
        await loop.Running;
        loop.Stop.Dispose();
    }
}
