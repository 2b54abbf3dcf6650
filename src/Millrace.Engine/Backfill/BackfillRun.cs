using System.Collections.Immutable;
using Millrace.Core.Backfill;
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

    /// <param name="nodes">Every node of the fleet by name, over connections that are fenced by the job's lock.</param>
    public BackfillRun(BackfillJob job, IReadOnlyDictionary<string, StorageNode> nodes, BackfillThrottle throttle, IBackfillListener listener, TimeProvider? time = null)
    {
        this.job = job;
        this.throttle = throttle;
        this.time = time ?? TimeProvider.System;
        shards = [.. job.Nodes.Select(node => new ShardSession(job, nodes[node], listener))];
        pause = new ConsumerPause(job, nodes, [.. shards.Select(shard => shard.Store)], listener);
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
        await OnShardsAsync((shard, stop) => shard.CheckControlAsync(stop), cancel);
        await PrepareAsync(records, cancel);
        await CutAsync(cancel);
        await OnShardsAsync(FillAsync, cancel);
        await OnShardsAsync(SwapAsync, cancel);
        await OnShardsAsync(async (shard, stop) =>
        {
            if (await PhaseAsync(shard, stop) == ShardPhase.Swapped)
                await new ShardCleanUp(shard).RunAsync(ShardPhase.Cleaned, stop);
        }, cancel);
    }

    /// <summary>Gives the job up and removes all of it.</summary>
    /// <exception cref="UserErrorException">It is too late: a shard shows the new tables already.</exception>
    public async Task CancelAsync(CancellationToken cancel)
    {
        var records = await RecoverAsync(cancel);
        if (records.Any(record => record.Phase is ShardPhase.Swapped or ShardPhase.Cleaned))
            throw new UserErrorException("a shard shows the new tables already, so there is nothing to give up: let it end with `millrace backfill resume`");
        await OnShardsAsync((shard, stop) => new ShardCleanUp(shard).RunAsync(ShardPhase.Cancelled, stop), cancel);
    }

    private async Task<BackfillRecord[]> RecoverAsync(CancellationToken cancel)
    {
        var records = new BackfillRecord[shards.Length];
        await OnShardsAsync(async (shard, stop) => records[shards.IndexOf(shard)] = await shard.RecoverAsync(stop), cancel);
        if (records.Any(record => record.Of(BackfillKind.Pause).Any(entry => entry.State == "stopped")))
            await pause.StartAsync(cancel);
        return records;
    }

    private Task PrepareAsync(BackfillRecord[] records, CancellationToken cancel) => OnShardsAsync(async (shard, stop) =>
    {
        if (records[shards.IndexOf(shard)].Phase > ShardPhase.Cutting)
            return;
        await new ShardSwap(shard).RememberAsync(stop);
        if (await PhaseAsync(shard, stop) == ShardPhase.Cutting)
            await new ShardCut(shard).UndoAsync(stop);
        else
            await new ShardCut(shard).PrepareAsync(stop);
    }, cancel);

    private async Task CutAsync(CancellationToken cancel)
    {
        var quiet = TimeSpan.FromMilliseconds(job.Limits.QuietMilliseconds);
        if (job.Limits.Cut != CutMode.Pause && await CutShardsAsync(quiet, cancel))
            return;
        if (await UncutAsync(cancel) && job.Limits.Cut == CutMode.Quiet)
            throw new UserErrorException(
                $"INSERTs into {job.Sources[0]} never rested for {quiet.TotalSeconds:0} s, so no cut was made. Let the consumers pause (--cut pause), or try again when there are fewer; nothing has changed for readers");
        var deadline = TimeSpan.FromMilliseconds(job.Limits.PauseMilliseconds);
        if (await UncutAsync(cancel) && !await pause.RunAsync(deadline, left => CutShardsAsync(left, cancel), cancel))
            throw new UserErrorException(
                $"the cut could not be made within the {deadline.TotalSeconds:0.#} s that consumers may pause; they run again and nothing has changed for readers. Allow more (--pause), or try when merges and INSERTs are fewer");
    }

    private async Task<bool> UncutAsync(CancellationToken cancel) =>
        (await Task.WhenAll(shards.Select(shard => PhaseAsync(shard, cancel)))).Any(phase => phase < ShardPhase.Cut);

    private async Task<bool> CutShardsAsync(TimeSpan patience, CancellationToken cancel)
    {
        var cut = true;
        await OnShardsAsync(async (shard, stop) =>
        {
            if (await PhaseAsync(shard, stop) < ShardPhase.Cut && !await new ShardCut(shard).TryAsync(patience, stop))
                cut = false;
        }, cancel);
        return cut;
    }

    private async Task FillAsync(ShardSession shard, CancellationToken cancel)
    {
        if (await PhaseAsync(shard, cancel) == ShardPhase.Cut)
            await new ShardUnits(shard, throttle).RunAsync(cancel);
        await shard.CheckControlAsync(cancel);
        if (await PhaseAsync(shard, cancel) == ShardPhase.Staged)
            await new ShardPublication(shard).RunAsync(cancel);
        if (await PhaseAsync(shard, cancel) != ShardPhase.Published)
            return;
        if (job.Limits.Reconcile)
            await ReconcileAsync(shard, cancel);
        await shard.ReachAsync(ShardPhase.Reconciled, cancel);
    }

    /// <summary>Readers have seen nothing yet: what differs here is not shown to them.</summary>
    private static async Task ReconcileAsync(ShardSession shard, CancellationToken cancel)
    {
        var differences = await new ShardReconciliation(shard).BucketsAsync(shard.Sql.Names.Shadow, cancel);
        if (differences.Count > 0)
            throw new UserErrorException(
                $"the new tables do not hold what the source holds, so readers keep the old ones:\n  {string.Join("\n  ", differences.Take(5))}\nCancel it (`millrace backfill cancel {shard.Job.Id}`) and run it again.");
    }

    private static async Task SwapAsync(ShardSession shard, CancellationToken cancel)
    {
        if (await PhaseAsync(shard, cancel) == ShardPhase.Reconciled
            && !await new ShardSwap(shard).TryAsync(TimeSpan.FromMilliseconds(shard.Job.Limits.QuietMilliseconds), cancel))
            throw new UserErrorException(
                $"{shard.Node.Name}: INSERTs into {shard.Job.Sources[0]} never rested for {shard.Job.Limits.QuietMilliseconds / 1000} s, so the tables were not exchanged. All is filled; `millrace backfill resume {shard.Job.Id}` tries again");
    }

    private static async Task<ShardPhase> PhaseAsync(ShardSession shard, CancellationToken cancel) => (await shard.Store.ReadAsync(cancel)).Phase;

    /// <summary>Every shard at once. One whose node goes away starts this step again when it is back.</summary>
    private Task OnShardsAsync(Func<ShardSession, CancellationToken, Task> run, CancellationToken cancel) => Task.WhenAll(shards.Select(async shard =>
    {
        for (long? since = null; ; since ??= time.GetTimestamp())
        {
            try
            {
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
    }));
}
