using System.Collections.Concurrent;
using System.Threading.Channels;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Engine.Watch;

/// <summary>The latest that is known of every node. Safe for concurrent use.</summary>
internal sealed class FleetPicture(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ObservedNode> nodes = new(StringComparer.Ordinal);
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task<bool>? waiting;

    public void Set(ObservedNode node)
    {
        nodes[node.Node.Name] = node;
        Signal();
    }

    public void Forget(string node)
    {
        nodes.TryRemove(node, out _);
        Signal();
    }

    /// <summary>The fleet as it was last seen; a node that nobody has looked at yet counts as unreachable.</summary>
    public ObservedFleet Of(Fleet fleet) => new(
        [.. fleet.Nodes.Select(node => nodes.TryGetValue(node.Name, out var seen) ? seen : Unseen(node))], time.GetUtcNow());

    /// <summary>Makes the next <see cref="WaitAsync"/> return at once.</summary>
    public void Signal() => changes.Writer.TryWrite(true);

    /// <summary>Waits until something changes, but no longer than <paramref name="longest"/>. For one caller at a time.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancel)
    {
        waiting ??= changes.Reader.WaitToReadAsync(cancel).AsTask();
        await Task.WhenAny(waiting, Task.Delay(longest, time, cancel));
        cancel.ThrowIfCancellationRequested();
        if (!waiting.IsCompleted)
            return;
        waiting = null;
        changes.Reader.TryRead(out _);
    }

    private static ObservedNode Unseen(Node node) => new() { Node = node, State = NodeState.Unreachable, Reason = "not looked at yet" };
}
