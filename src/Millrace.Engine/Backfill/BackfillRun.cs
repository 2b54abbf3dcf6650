using System.Collections.Concurrent;
using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Runs a job to its end, from wherever it is: every shard by itself, and all together where readers could see a
/// difference. A node that goes away is waited for.
/// </summary>
public sealed class BackfillRun
{
    /// <summary>A server that restarts is back by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private readonly BackfillJob job;
    private readonly BackfillThrottle throttle;
    private readonly TimeProvider time;
    private readonly ImmutableArray<ShardSession> shards;
    private readonly ConsumerPause pause;
    private readonly TopicReplay? replay;

    /// <param name="nodes">Every node of the fleet by name, over connections that are fenced by the job's lock.</param>
    public BackfillRun(BackfillJob job, IReadOnlyDictionary<string, StorageNode> nodes, BackfillThrottle throttle, TopicPositions topics, IBackfillListener listener, TimeProvider? time = null)
    {
        this.job = job;
        this.throttle = throttle;
        this.time = time ?? TimeProvider.System;
        shards = [.. job.Nodes.Select(node => new ShardSession(job, nodes[node], listener))];
        pause = new ConsumerPause(job, nodes, [.. shards.Select(shard => shard.Store)], listener);
        replay = job.Replays.IsEmpty ? null : new TopicReplay(job, topics, nodes, shards, listener);
    }

    /// <summary>Writes the job to every shard; from then on anybody can run it.</summary>
    public Task RegisterAsync(CancellationToken cancel) => OnShardsAsync(async (shard, stop) =>
    {
        await shard.Store.PrepareAsync(stop);
        await shard.Store.WriteAsync(BackfillKind.Job, job.Id, "", job.ToJson(), stop);
    }, cancel);

    public Task ControlAsync(BackfillControl control, CancellationToken cancel) => OnShardsAsync(
        (shard, stop) => shard.Store.WriteAsync(BackfillKind.Control, "job", control.ToString(), "", stop), cancel);

    /// <exception cref="BackfillStoppedException">Somebody asked for it.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        var records = await RecoverAsync(cancel);
        if (records.Any(record => record.Phase == ShardPhase.Cancelled))
            throw new UserErrorException($"{job.Id} has been cancelled on some shards, so it cannot go on. Give it up on all: `millrace backfill cancel {job.Id}`");
        await PrepareAsync(records, cancel);
        await CutAsync(cancel);
        if (replay is not null && IsAny(ShardPhase.Staged))
            await replay.RunAsync(cancel);
        await OnShardsAsync(FillAsync, cancel);
        await SwapAsync(cancel);
        await OnShardsAsync(CleanAsync, cancel);
        await StartConsumersAsync(await ReadAsync(cancel), cancel);
    }

    /// <summary>Compares every target with its source, key by key.</summary>
    public async Task<ImmutableArray<KeyComparison>> CompareAsync(CancellationToken cancel)
    {
        await RegisterAsync(cancel);
        var found = new ConcurrentDictionary<string, IReadOnlyList<KeyComparison>>(StringComparer.Ordinal);
        await OnShardsAsync(async (shard, stop) =>
        {
            await shard.RecoverAsync(stop);
            try
            {
                found[shard.Node.Name] = await new ShardReconciliation(shard).KeysAsync(stop);
            }
            finally
            {
                await shard.ReachAsync(ShardPhase.Cleaned, CancellationToken.None);
            }
        }, cancel);
        return [.. job.Nodes.SelectMany(node => found[node])];
    }

    /// <summary>Gives the job up and removes all of it.</summary>
    /// <exception cref="UserErrorException">It is too late: a shard shows the new tables already.</exception>
    public async Task CancelAsync(CancellationToken cancel)
    {
        var records = await RecoverAsync(cancel);
        if (records.Any(record => record.Phase is ShardPhase.Swapped or ShardPhase.Cleaned))
            throw new UserErrorException("a shard shows the new tables already, so there is nothing to give up: let it end with `millrace backfill resume`");
        if (replay is not null)
            await replay.CleanAsync(cancel);
        await OnShardsAsync((shard, stop) => new ShardCleanUp(shard).RunAsync(ShardPhase.Cancelled, stop), cancel);
        await StartConsumersAsync(await ReadAsync(cancel), cancel);
    }

    private async Task<BackfillRecord[]> RecoverAsync(CancellationToken cancel)
    {
        var records = new BackfillRecord[shards.Length];
        await OnShardsAsync(async (shard, stop) => records[shards.IndexOf(shard)] = await shard.RecoverAsync(stop), cancel);
        if (records.Any(record => record.ConsumersStopped is not null))
            await pause.StartAsync(cancel);
        return records;
    }

    /// <summary>A node that did not answer when they should have started again may do so by now.</summary>
    private async Task StartConsumersAsync(BackfillRecord[] records, CancellationToken cancel)
    {
        if (records.Any(record => record.ConsumersStopped is not null) && !await pause.StartAsync(cancel))
            throw new UserErrorException("all is done, but consumers may still be stopped on the nodes above");
    }

    private async Task<BackfillRecord[]> ReadAsync(CancellationToken cancel)
    {
        var records = new BackfillRecord[shards.Length];
        await OnShardsAsync(async (shard, stop) => records[shards.IndexOf(shard)] = await shard.Store.ReadAsync(stop), cancel);
        return records;
    }

    private Task PrepareAsync(BackfillRecord[] records, CancellationToken cancel) => OnShardsAsync(async (shard, stop) =>
    {
        if (records[shards.IndexOf(shard)].Control != BackfillControl.Run)
            throw new BackfillStoppedException(records[shards.IndexOf(shard)].Control);
        if (records[shards.IndexOf(shard)].Phase > ShardPhase.Cutting)
            return;
        await new ShardSwap(shard).RememberAsync(stop);
        if (shard.Phase == ShardPhase.Cutting)
            await new ShardCut(shard).UndoAsync(stop);
        else
            await new ShardCut(shard).PrepareAsync(stop);
    }, cancel);

    private async Task CutAsync(CancellationToken cancel)
    {
        if (!IsAny(ShardPhase.Cutting))
            return;
        if (replay is not null)
            await replay.RememberAsync(cancel);
        if (job.Limits.Cut != CutMode.Pause && await CutShardsAsync(Quiet, cancel))
            return;
        if (job.Limits.Cut == CutMode.Quiet)
            throw new UserErrorException(
                $"INSERTs into {job.Sources[0]} never rested for {Quiet.TotalSeconds:0} s, so no cut was made; nothing has changed for readers. Cancel it (`millrace backfill cancel {job.Id}`), and run it when there are fewer, or let the consumers pause (--cut pause), or divide by time of arrival (--ingest-time)");
        if (!await pause.RunAsync(Deadline, left => CutShardsAsync(left, cancel), cancel))
            throw new UserErrorException(
                $"the cut could not be made within the {Deadline.TotalSeconds:0.#} s that consumers may pause; they run again and nothing has changed for readers. `millrace backfill resume {job.Id}` tries again; or cancel it, and run it with a longer --pause or with --ingest-time");
    }

    private TimeSpan Quiet => TimeSpan.FromMilliseconds(job.Limits.QuietMilliseconds);

    private TimeSpan Deadline => TimeSpan.FromMilliseconds(job.Limits.PauseMilliseconds);

    /// <summary>Whether a shard has not come further than that.</summary>
    private bool IsAny(ShardPhase phase) => shards.Any(shard => shard.Phase <= phase);

    private async Task<bool> CutShardsAsync(TimeSpan patience, CancellationToken cancel)
    {
        var cut = true;
        await OnShardsAsync(async (shard, stop) =>
        {
            if (shard.Phase < ShardPhase.Cut && !await new ShardCut(shard).TryAsync(patience, stop))
                cut = false;
        }, cancel);
        return cut;
    }

    private async Task FillAsync(ShardSession shard, CancellationToken cancel)
    {
        if (shard.Phase == ShardPhase.Cut)
            await new ShardUnits(shard, throttle).RunAsync(cancel);
        await shard.CheckControlAsync(cancel);
        if (shard.Phase == ShardPhase.Staged)
            await new ShardPublication(shard).RunAsync(cancel);
        if (shard.Phase != ShardPhase.Published)
            return;
        if (!job.Replays.IsEmpty && !job.Limits.MayLose)
            await ThrowIfLosesAsync(shard, cancel);
        if (job.Limits.Reconcile)
            await ReconcileAsync(shard, cancel);
        await shard.ReachAsync(ShardPhase.Reconciled, cancel);
    }

    /// <summary>Rows that came out of topics are known only now.</summary>
    private static async Task ThrowIfLosesAsync(ShardSession shard, CancellationToken cancel)
    {
        foreach (var target in shard.Job.Targets)
            if (await BackfillLosses.AskAsync(shard.Node, target, Quote.Name(shard.Sql.Names.Shadow(target)), cancel) is { Count: > 0 } lost)
                throw new UserErrorException(
                    $"{shard.Node.Name}: {lost.Sum(loss => loss.Keys):N0} keys of {target.Table} would be lost, for example {lost[0].Example} in the partition {lost[0].Partition}: neither the topics nor storage have rows of them any more. Readers keep the old table. Cancel it (`millrace backfill cancel {shard.Job.Id}`), and run it with --since a time that the topics still have, or with --allow-destroy {shard.Job.Rollup}");
    }

    /// <summary>Readers have seen nothing yet: what differs here is not shown to them.</summary>
    private static async Task ReconcileAsync(ShardSession shard, CancellationToken cancel)
    {
        var differences = await new ShardReconciliation(shard).BucketsAsync(shard.Sql.Names.Shadow, cancel);
        if (differences.Count > 0)
            throw new UserErrorException(
                $"the new tables do not hold what the source holds, so readers keep the old ones:\n  {string.Join("\n  ", differences.Take(5))}\nCancel it (`millrace backfill cancel {shard.Job.Id}`) and run it again.");
    }

    /// <summary>When all shards are ready. Where INSERTs never rest and consumers may pause, they do so once more.</summary>
    private async Task SwapAsync(CancellationToken cancel)
    {
        if (!IsAny(ShardPhase.Reconciled))
            return;
        // After a replay the source cannot tell whether an INSERT was lost in the instant of the exchange: none must run.
        var mayPause = job.Limits.Cut is CutMode.Auto or CutMode.Pause;
        if (!(mayPause && replay is not null) && await SwapShardsAsync(Quiet, cancel))
            return;
        if (mayPause && await pause.RunAsync(Deadline, left => SwapShardsAsync(left, cancel), cancel))
            return;
        throw new UserErrorException(
            $"INSERTs into {job.Sources[0]} never rested for {(mayPause ? Deadline : Quiet).TotalSeconds:0.#} s, so the tables were not exchanged on every shard. All is filled; `millrace backfill resume {job.Id}` tries again");
    }

    private async Task<bool> SwapShardsAsync(TimeSpan patience, CancellationToken cancel)
    {
        var swapped = true;
        await OnShardsAsync(async (shard, stop) =>
        {
            if (shard.Phase == ShardPhase.Reconciled && !await new ShardSwap(shard).TryAsync(patience, stop))
                swapped = false;
        }, cancel);
        return swapped;
    }

    private static async Task CleanAsync(ShardSession shard, CancellationToken cancel)
    {
        if (shard.Phase != ShardPhase.Swapped)
            return;
        var problem = await new ShardSwap(shard).LookAgainAsync(cancel);
        await new ShardCleanUp(shard).RunAsync(ShardPhase.Cleaned, cancel);
        if (problem is not null)
            throw new UserErrorException(problem);
    }

    /// <summary>Every shard at once. One whose node goes away starts this step again when it is back.</summary>
    private Task OnShardsAsync(Func<ShardSession, CancellationToken, Task> run, CancellationToken cancel)
    {
        var running = shards.Length;
        return Task.WhenAll(shards.Select(async shard =>
        {
            try
            {
                await WithPatienceAsync(shard, run, cancel);
            }
            catch (UserErrorException error) when (Volatile.Read(ref running) > 1)
            {
                shard.Listener.Note(shard.Node.Name, $"gave up, and the others end what they are doing: {error.Message.Split('\n')[0]}");
                throw;
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }));
    }

    private async Task WithPatienceAsync(ShardSession shard, Func<ShardSession, CancellationToken, Task> run, CancellationToken cancel)
    {
        for (long? since = null; ; since ??= time.GetTimestamp())
        {
            try
            {
                if (since is not null)
                    await shard.RecoverAsync(cancel); // What it was doing when it was last heard of may still go on.
                await run(shard, cancel);
                return;
            }
            catch (NodeUnreachableException gone) when (since is null || time.GetElapsedTime(since.Value) < Patience)
            {
                if (since is null)
                    shard.Listener.Note(shard.Node.Name, $"does not answer, waiting: {gone.Message}");
            }

            await Task.Delay(AskEvery, time, cancel);
        }
    }
}
