using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Locking;
using Millrace.Core.Model;
using Millrace.Engine.Legs;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;
using Millrace.Engine.Status;

namespace Millrace.Engine.Backfill;

/// <summary>The way in to backfills of a fleet: one runs at a time, under a lock of its own.</summary>
/// <param name="statements">Runs the statements of jobs; the lock uses <paramref name="connector"/>.</param>
public sealed class Backfills(Project project, INodeConnector connector, INodeConnector statements, ILagSource lag, ITopicSource topics, TimeProvider? time = null)
{
    private const int UnknownTable = 60;
    private const int UnknownDatabase = 81;

    private readonly TimeProvider clock = time ?? TimeProvider.System;

    /// <summary>Every job that a storage node knows, newest first.</summary>
    /// <exception cref="NodeUnreachableException">No storage node answers.</exception>
    public async Task<ImmutableArray<BackfillJob>> ListAsync(CancellationToken cancel)
    {
        var jobs = new Dictionary<string, BackfillJob>(StringComparer.Ordinal);
        var (asked, gone) = (0, default(NodeUnreachableException));
        foreach (var node in StorageNodes.Declared(project.Fleet, connector))
        {
            try
            {
                foreach (var job in await ListAsync(node, cancel))
                    jobs.TryAdd(job.Id, job);
                asked++;
            }
            catch (NodeUnreachableException error)
            {
                gone = error;
            }
        }

        if (asked == 0 && gone is not null)
            throw gone;
        return [.. jobs.Values.Where(job => job.Project == project.Name).OrderByDescending(job => job.Created)];
    }

    /// <summary>What each node of a job knows of it; null for a node that does not answer.</summary>
    public async Task<ImmutableArray<(string Node, BackfillRecord? Record)>> ReadAsync(BackfillJob job, CancellationToken cancel) =>
        [.. await Task.WhenAll(job.Nodes.Select(async name =>
        {
            try
            {
                return (name, (BackfillRecord?)await new BackfillStore(Nodes(connector)[name], job.Id).ReadAsync(cancel));
            }
            catch (NodeUnreachableException)
            {
                return (name, null);
            }
        }))];

    /// <summary>Tells a runner, wherever it is, to stop; or that it may run again.</summary>
    public Task ControlAsync(BackfillJob job, BackfillControl control, IBackfillListener listener, CancellationToken cancel) =>
        Run(job, connector, listener).ControlAsync(control, cancel);

    /// <summary>Writes a new job to the fleet and runs it.</summary>
    public Task StartAsync(BackfillJob job, IBackfillListener listener, BackfillLock options, CancellationToken cancel) =>
        UnderLockAsync(job, options, async (run, stop) =>
        {
            await ThrowIfOverlapsAsync(job, stop);
            await run.RegisterAsync(stop);
            await run.RunAsync(stop);
        }, listener, cancel);

    /// <summary>Goes on with a job of anybody's.</summary>
    public Task ResumeAsync(BackfillJob job, IBackfillListener listener, BackfillLock options, CancellationToken cancel) =>
        UnderLockAsync(job, options, async (run, stop) =>
        {
            await run.ControlAsync(BackfillControl.Run, stop);
            await run.RunAsync(stop);
        }, listener, cancel);

    /// <summary>Gives a job up and removes what it holds.</summary>
    public Task CancelAsync(BackfillJob job, IBackfillListener listener, BackfillLock options, CancellationToken cancel) =>
        job.IsCheck
            ? Run(job, connector, listener).CancelAsync(cancel)
            : UnderLockAsync(job, options, (run, stop) => run.CancelAsync(stop), listener, cancel);

    /// <summary>Compares every target of a job with its source, key by key, on the live fleet.</summary>
    public Task<ImmutableArray<KeyComparison>> VerifyAsync(BackfillJob job, IBackfillListener listener, CancellationToken cancel) =>
        Run(job with { IsCheck = true }, connector, listener).CompareAsync(cancel);

    /// <summary>Who runs a backfill now; null when nobody does.</summary>
    public Task<LeaseState?> FindRunnerAsync(CancellationToken cancel) =>
        new FleetLock(LeaseStores.ForReadingBackfill(StorageNodes.Declared(project.Fleet, connector)), LeaseTiming.Default, clock).FindHolderAsync(cancel);

    /// <summary>Two jobs over one table would each exchange what the other stands on.</summary>
    private async Task ThrowIfOverlapsAsync(BackfillJob job, CancellationToken cancel)
    {
        var others = (await ListAsync(cancel)).Where(other => other.Id != job.Id && !other.IsCheck && job.Overlaps(other));
        foreach (var (other, nodes) in await Task.WhenAll(others.Select(async other => (other, await ReadAsync(other, cancel)))))
            if (nodes.Any(node => node.Record is null || node.Record.Phase < ShardPhase.Cleaned))
                throw new UserErrorException(
                    $"the backfill {other.Id} of {other.Rollup}, begun at {other.Created:yyyy-MM-dd HH:mm:ss} UTC, is not finished and has to do with the same tables. Go on with it (`millrace backfill resume {other.Id}`) or give it up (`millrace backfill cancel {other.Id}`)");
    }

    private async Task UnderLockAsync(
        BackfillJob job, BackfillLock options, Func<BackfillRun, CancellationToken, Task> act, IBackfillListener listener, CancellationToken cancel)
    {
        var stores = await LeaseStores.ForBackfillAsync(StorageNodes.Declared(project.Fleet, connector), cancel);
        await using var lease = await new FleetLock(stores, LeaseTiming.Default, clock).TakeAsync(
            new LockRequest(LocalProcess.Holder(options.Redaction), job.Id, options.Wait, options.Force, text => listener.Note("lock", text)), cancel);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Lost);
        try
        {
            await act(Run(job, new FencedConnector(statements, lease), listener), either.Token);
        }
        catch (OperationCanceledException) when (lease.LostBecause is { } reason && !cancel.IsCancellationRequested)
        {
            throw new LeaseLostException(reason);
        }
    }

    private BackfillRun Run(BackfillJob job, INodeConnector over, IBackfillListener listener) =>
        new(job, Nodes(over), new BackfillThrottle(project, lag), new TopicPositions(project.Fleet, topics), listener, clock);

    private ImmutableDictionary<string, StorageNode> Nodes(INodeConnector over) => project.Fleet.Nodes
        .ToImmutableDictionary(node => node.Name, node => new StorageNode(node.Name, over.Connect(node.Http, project.Fleet.Connect)), StringComparer.Ordinal);

    private static async Task<List<BackfillJob>> ListAsync(StorageNode node, CancellationToken cancel)
    {
        var jobs = new List<BackfillJob>();
        try
        {
            var row = new RowReader(await node.Connection.QueryAsync(BackfillTable.Jobs, cancel: cancel));
            while (row.NextRow())
            {
                row.Text();
                jobs.Add(BackfillJob.Parse(row.Text()));
            }
        }
        catch (ServerErrorException error) when (error.Code is UnknownTable or UnknownDatabase)
        {
            // No backfill has ever run there.
        }

        return jobs;
    }
}
