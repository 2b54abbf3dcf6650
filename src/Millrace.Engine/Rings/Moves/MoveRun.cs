using System.Collections.Immutable;
using Millrace.Core.Rings.Moves;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Rings.Moves;

/// <summary>
/// Takes a move from any phase to its end. The work of every phase can be done again from its beginning: what a killed
/// runner did of it is found, or made anew where nobody sees it.
/// </summary>
internal sealed class MoveRun
{
    private readonly RingMove move;
    private readonly MoveStore store;
    private readonly MoveReading reading;
    private readonly IMoveListener listener;
    private readonly ImmutableArray<ShardMove> shards;

    /// <param name="nodes">Every node of the fleet, over connections that are fenced by the fleet's lock.</param>
    public MoveRun(RingMove move, MoveStore store, IReadOnlyDictionary<string, StorageNode> nodes, IMoveListener listener, TimeSpan patience)
    {
        this.move = move;
        this.store = store;
        this.listener = listener;
        reading = new MoveReading(move, nodes, listener, patience);
        shards = [.. move.Shards.Select(shard => new ShardMove(move, shard, nodes[shard.Node]))];
    }

    /// <exception cref="MoveStoppedException">It must not go on, and all of it was taken back.</exception>
    public async Task RunAsync(MovePhase phase, CancellationToken cancel)
    {
        for (var begunAt = phase; phase is not (MovePhase.Done or MovePhase.Undone);)
        {
            listener.PhaseBegun(move, phase);
            try
            {
                if (phase is MovePhase.Masking or MovePhase.Attaching or MovePhase.Switching)
                    await OnShardsAsync(shard => shard.StopMergesAsync(cancel)); // A server that started again has forgotten.
                await WorkAsync(phase, wasBegun: phase == begunAt, cancel);
            }
            catch (MoveStoppedException) when (phase < MovePhase.Removing)
            {
                await store.WriteAsync(move, MovePhase.Undoing, cancel);
                await UndoAsync(cancel);
                throw;
            }

            phase++;
            await store.WriteAsync(move, phase, cancel);
        }
    }

    /// <summary>Gives the move up.</summary>
    /// <exception cref="UserErrorException">Rows are being deleted where they lay: it can only go on.</exception>
    public async Task UndoAsync(MovePhase phase, CancellationToken cancel)
    {
        if (phase is MovePhase.Removing or MovePhase.Unmasking)
            throw new UserErrorException($"move {move.Id} of ring {move.Ring} already deletes rows where they lay, all of them copied and proved: it can only go on. Run it without --undo");
        await store.WriteAsync(move, MovePhase.Undoing, cancel);
        await UndoAsync(cancel);
    }

    private async Task WorkAsync(MovePhase phase, bool wasBegun, CancellationToken cancel)
    {
        switch (phase)
        {
            case MovePhase.Copying:
                await CopyAsync(cancel);
                break;
            case MovePhase.Masking:
                await OnShardsAsync(shard => shard.MaskAsync(cancel));
                await reading.PointAsync(readers => readers.Before, cancel);
                break;
            case MovePhase.Attaching:
                await OnShardsAsync(shard => shard.AttachAsync(wasBegun, cancel));
                await OnShardsAsync(shard => shard.RequireNoneReplacedAsync(cancel));
                break;
            case MovePhase.Switching:
                await OnShardsAsync(shard => shard.RequireNoStragglersAsync(cancel));
                await reading.PointAsync(readers => readers.After, cancel);
                await OnShardsAsync(shard => shard.RequireNoStragglersAsync(cancel));
                break;
            case MovePhase.Removing:
                await OnShardsAsync(shard => shard.RemoveAsync(cancel));
                break;
            case MovePhase.Unmasking:
                await LeaveAsync(cancel);
                break;
            case MovePhase.Undoing:
                await TakeBackAsync(cancel);
                break;
        }
    }

    private async Task CopyAsync(CancellationToken cancel)
    {
        await OnShardsAsync(shard => shard.SnapshotAsync(cancel));
        await OnShardsAsync(shard => shard.CopyAsync(cancel));
        var left = Sum(await Task.WhenAll(shards.Select(shard => shard.AmountsAsync(came: false, cancel))));
        var came = Sum(await Task.WhenAll(shards.Select(shard => shard.AmountsAsync(came: true, cancel))));
        foreach (var key in left.Keys.Union(came.Keys))
            if (left.GetValueOrDefault(key) != came.GetValueOrDefault(key))
                throw new MoveStoppedException(
                    $"layer {key.Layer} of {key.Table} was copied wrongly: {left.GetValueOrDefault(key).Rows:N0} rows left and {came.GetValueOrDefault(key).Rows:N0} came, or their content differs");
        await OnShardsAsync(shard => shard.RequireNoneReplacedAsync(cancel));
        listener.Note($"{left.Values.Sum(amount => amount.Rows):N0} rows copied and proved");
    }

    /// <summary>Nobody reads a mask that has not stood since before the copies were attached.</summary>
    private async Task UndoAsync(CancellationToken cancel)
    {
        listener.PhaseBegun(move, MovePhase.Undoing);
        await TakeBackAsync(cancel);
        await store.WriteAsync(move, MovePhase.Undone, cancel);
    }

    private async Task TakeBackAsync(CancellationToken cancel)
    {
        if (await HaveMasksAsync(cancel))
            await reading.PointAsync(readers => readers.Before, cancel);
        await OnShardsAsync(shard => shard.UndoAttachAsync(cancel));
        await LeaveAsync(cancel);
    }

    /// <summary>Without masks on every shard nothing was attached and no reader was pointed at one.</summary>
    private async Task<bool> HaveMasksAsync(CancellationToken cancel) =>
        (await Task.WhenAll(shards.Select(shard => shard.HasMasksAsync(cancel)))).All(has => has);

    private async Task LeaveAsync(CancellationToken cancel)
    {
        await OnShardsAsync(shard => shard.StartMergesAsync(cancel));
        await reading.PointAsync(readers => readers.Plain, cancel);
        await OnShardsAsync(shard => shard.DropAsync(cancel));
    }

    private Task OnShardsAsync(Func<ShardMove, Task> work) => Task.WhenAll(shards.Select(work));

    private static Dictionary<(ObjectName Table, long Layer), (long Rows, ulong Sum)> Sum(
        IEnumerable<Dictionary<(ObjectName Table, long Layer), (long Rows, ulong Sum)>> shards)
    {
        var all = new Dictionary<(ObjectName Table, long Layer), (long Rows, ulong Sum)>();
        foreach (var (key, (rows, sum)) in shards.SelectMany(shard => shard))
        {
            var known = all.GetValueOrDefault(key);
            all[key] = (known.Rows + rows, unchecked(known.Sum + sum));
        }

        return all;
    }
}
