using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Watch;

/// <summary>
/// Watches one node, at its own pace: a node that answers is asked for its pulse and read in full when that changes; one
/// that does not is probed until it does. No node waits for another.
/// </summary>
internal sealed class NodeLoop(
    Node node, Func<Declaration> declaration, FleetPicture picture, WatchTools tools, WatchOptions options, IWatchListener listener)
{
    private readonly TimeProvider time = tools.Time;
    private TimeSpan probe = options.FirstProbe;
    private NodeState? state;
    private string reason = "";
    private long since;
    private string? pulse;
    private long lookedAt;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
            await Task.Delay(await TickAsync(cancel), time, cancel);
    }

    /// <returns>How long to wait before the next one.</returns>
    private async Task<TimeSpan> TickAsync(CancellationToken cancel)
    {
        var fleet = declaration().Project.Fleet;
        // Every failure here is tried again anyway, so neither connecting nor asking is worth long patience.
        var connect = fleet.Connect with { Retries = 0, ConnectTimeout = Shorter(fleet.Connect.ConnectTimeout, TimeSpan.FromSeconds(1)) };
        try
        {
            var now = await NodePulse.ReadAsync(tools.Connector.Connect(node.Http, connect), options.Patience, cancel);
            NoteUp();
            if (now != pulse || time.GetElapsedTime(lookedAt) > options.FullLook)
                await LookAsync(fleet with { Nodes = [node], Connect = connect }, now, cancel);
            return state == NodeState.Ok ? options.Interval : options.FirstProbe;
        }
        catch (NodeUnreachableException gone)
        {
            return NoteDown(NodeState.Unreachable, gone.Message);
        }
        catch (ServerErrorException error)
        {
            return NoteDown(NodeState.Refused, $"error {error.Code} {error.Name}: {error.Message}");
        }
    }

    private async Task LookAsync(Fleet alone, string now, CancellationToken cancel)
    {
        var look = new ObserveOptions { WithFacts = true, NodeTimeout = options.Patience };
        var seen = (await tools.Observer.ObserveAsync(alone, look, cancel)).Nodes[0];
        cancel.ThrowIfCancellationRequested();
        if (seen.State != NodeState.Ok)
        {
            NoteDown(seen.State, seen.Reason);
            return;
        }

        (pulse, lookedAt) = (now, time.GetTimestamp());
        var declared = declaration().Objects.Where(item => item.Declared.Placement.Includes(node)).ToList();
        listener.On(new WatchEvent.NodeSeen(
            node.Name, declared.Count, declared.Count(item => seen.Objects.ContainsKey(item.Name))));
        picture.Set(seen);
    }

    private void NoteUp()
    {
        if (state == NodeState.Ok)
            return;
        listener.On(new WatchEvent.NodeUp(node.Name, state is null ? null : time.GetElapsedTime(since)));
        (state, reason, since, probe) = (NodeState.Ok, "", time.GetTimestamp(), options.FirstProbe);
    }

    private TimeSpan NoteDown(NodeState down, string why)
    {
        pulse = null;
        if (state != down || (down == NodeState.Refused && reason != why))
        {
            listener.On(new WatchEvent.NodeDown(node.Name, down, why));
            if (state is NodeState.Ok or null)
                since = time.GetTimestamp();
            (state, reason) = (down, why);
            picture.Set(new ObservedNode { Node = node, State = down, Reason = why });
        }

        var wait = probe;
        probe = Shorter(probe * 1.5, options.SlowestProbe);
        return wait;
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
