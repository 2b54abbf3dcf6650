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
        var answers = await Task.WhenAll(StorageNodes.Declared(project.Fleet, connector).Select(node => TryListAsync(node, cancel)));
        return answers.Length > 0 && answers.All(answer => answer.Gone is not null)
            ? throw answers[^1].Gone!
            : Ours(answers.SelectMany(answer => answer.Shards));
    }

    /// <summary>What each node of a job knows of it; null for a node that does not answer. Without nodes that have left the fleet.</summary>
    public async Task<ImmutableArray<(string Node, BackfillRecord? Record)>> ReadAsync(BackfillJob job, CancellationToken cancel)
    {
        var nodes = Nodes(connector);
        return [.. await Task.WhenAll(job.Nodes.Where(nodes.ContainsKey).Select(async name =>
        {
            try
            {
                return (name, (BackfillRecord?)await new BackfillStore(nodes[name], job.Id).ReadAsync(cancel));
            }
            catch (NodeUnreachableException)
            {
                return (name, null);
            }
        }))];
    }

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
        var answers = await Task.WhenAll(StorageNodes.Declared(project.Fleet, connector).Select(node => TryListAsync(node, cancel)));
        var shards = answers.SelectMany(answer => answer.Shards).ToList();
        var gone = answers.Where(answer => answer.Gone is not null).Select(answer => answer.Node).ToHashSet(StringComparer.Ordinal);
        var phases = shards.ToDictionary(shard => (shard.Job.Id, shard.Node), shard => shard.Phase);
        foreach (var other in Ours(shards).Where(other => other.Id != job.Id && !other.IsCheck && job.Overlaps(other)))
            if (BackfillJob.IsOpen([.. other.Nodes.Where(IsDeclared).Select(node => gone.Contains(node) ? default(ShardPhase?) : phases.GetValueOrDefault((other.Id, node)))]))
                throw new UserErrorException(
                    $"the backfill {other.Id} of {other.Rollup}, begun at {other.Created:yyyy-MM-dd HH:mm:ss} UTC, is not finished and has to do with the same tables. Go on with it (`millrace backfill resume {other.Id}`) or give it up (`millrace backfill cancel {other.Id}`)");
    }

    private ImmutableArray<BackfillJob> Ours(IEnumerable<(string Node, BackfillJob Job, ShardPhase Phase)> shards) =>
        [.. shards.Select(shard => shard.Job).Where(job => job.Project == project.Name).DistinctBy(job => job.Id).OrderByDescending(job => job.Created)];

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

    private BackfillRun Run(BackfillJob job, INodeConnector over, IBackfillListener listener)
    {
        foreach (var node in job.Nodes.Where(node => !IsDeclared(node)))
            listener.Note(node, "is not in the fleet any more, so its shard is left out");
        var here = job with { Nodes = [.. job.Nodes.Where(IsDeclared)], Consumers = [.. job.Consumers.Where(consumer => IsDeclared(consumer.Node))] };
        return new(here, Nodes(over), new BackfillThrottle(project, lag), new TopicPositions(project.Fleet, topics), listener, clock);
    }

    private bool IsDeclared(string name) => project.Fleet.Nodes.Any(node => node.Name == name);

    private ImmutableDictionary<string, StorageNode> Nodes(INodeConnector over) => project.Fleet.Nodes
        .ToImmutableDictionary(node => node.Name, node => new StorageNode(node.Name, over.Connect(node.Http, project.Fleet.Connect)), StringComparer.Ordinal);

    /// <summary>The shards of all jobs on a node; none, and why, when it does not answer.</summary>
    private static async Task<(string Node, List<(string Node, BackfillJob Job, ShardPhase Phase)> Shards, NodeUnreachableException? Gone)> TryListAsync(StorageNode node, CancellationToken cancel)
    {
        var shards = new List<(string, BackfillJob, ShardPhase)>();
        try
        {
            var row = new RowReader(await node.Connection.QueryAsync(BackfillTable.Jobs, cancel: cancel));
            while (row.NextRow())
                shards.Add((node.Name, BackfillJob.Parse(row.Text()), row.Text() is { Length: > 0 } phase ? Enum.Parse<ShardPhase>(phase) : ShardPhase.Planned));
            return (node.Name, shards, null);
        }
        catch (ServerErrorException error) when (error.Code is UnknownTable or UnknownDatabase)
        {
            return (node.Name, shards, null); // No backfill has ever run there.
        }
        catch (NodeUnreachableException error)
        {
            return (node.Name, shards, error);
        }
    }
}
