using System.Collections.Immutable;
using System.Security.Cryptography;
using Millrace.Core.Journal;
using Millrace.Core.Locking;
using Millrace.Core.Planning;
using Millrace.Engine.Apply;
using Millrace.Engine.Journal;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Collections;

/// <summary>Rolls collections out as anything else is changed: under the fleet's lock, and written to its journal.</summary>
/// <param name="statements">Runs the statements; the lock and the journal use <paramref name="connector"/>.</param>
public sealed class GuardedRollout(INodeConnector connector, INodeConnector statements, FleetObserver observer, TimeProvider? time = null)
{
    private readonly TimeProvider clock = time ?? TimeProvider.System;

    /// <param name="report">Hears of each node that is through.</param>
    /// <exception cref="LockHeldException">Somebody else changes the fleet.</exception>
    /// <exception cref="LeaseLostException">The lock was lost on the way; what ran until then is in the journal.</exception>
    /// <exception cref="JournalUnreachableException">What is to be done cannot be written down.</exception>
    public async Task<ImmutableArray<NodeCollection>> RunAsync(RolloutRequest request, Action<string> report, CancellationToken cancel)
    {
        var fleet = request.Project.Fleet;
        var observed = await observer.ObserveAsync(fleet, cancel: cancel);
        var storage = StorageNodes.Answering(observed, fleet, connector);
        var store = new JournalStore(storage, JournalStore.IsReplicated(fleet));
        await store.PrepareAsync(cancel);
        var stores = await LeaseStores.ForApplyAsync(storage, storage.All(node => observed.Find(node.Name)!.HasKeeper), cancel);
        var (id, holder) = (Id(), LocalProcess.Holder(request.Redaction));
        await using var lease = await new FleetLock(stores, LeaseTiming.Default, clock).TakeAsync(
            new LockRequest(holder, id, request.Wait, request.ForceUnlock, request.OnWaiting), cancel);
        var steps = CollectionSteps.Of(request.Project, await new CollectionRollout(connector, request.Project).LookAsync(cancel));
        var info = new ApplyInfo(id, PlanId.Of(steps), request.Project.Name, holder, request.Revision.Commit, request.Revision.Dirty);
        var journal = new ApplyJournal(store, info, steps, new JournalText(request.Redaction), () => lease.Now);
        await journal.BeginAsync(cancel);
        return await RunAsync(request, report, lease, steps, journal, cancel);
    }

    private async Task<ImmutableArray<NodeCollection>> RunAsync(
        RolloutRequest request, Action<string> report, Lease lease, Plan steps, ApplyJournal journal, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Lost);
        var items = steps.Steps.SelectMany(step => step.Nodes.Select(node => new NodeStep(step, node))).ToList();
        try
        {
            await journal.PhaseStartingAsync(Phase.ExpandWritable, items, either.Token);
            var done = await new CollectionRollout(new FencedConnector(statements, lease), request.Project).ApplyAsync(report, either.Token);
            await journal.PhaseFinishedAsync([.. items.Select(item => (item, OutcomeOf(item, done)))], CancellationToken.None);
            await journal.EndAsync(done.Any(item => item.Trouble.Length > 0) ? EntryOutcome.Failed : EntryOutcome.Done, "", CancellationToken.None);
            return done;
        }
        catch (OperationCanceledException) when (lease.LostBecause is { } reason && !cancel.IsCancellationRequested)
        {
            await journal.EndAsync(EntryOutcome.Interrupted, reason, CancellationToken.None);
            throw new LeaseLostException(reason);
        }
        catch (OperationCanceledException)
        {
            await journal.EndAsync(EntryOutcome.Interrupted, "interrupted", CancellationToken.None);
            throw;
        }
    }

    /// <summary>What a node that failed says stands for all its collections.</summary>
    private static StepOutcome OutcomeOf(NodeStep item, ImmutableArray<NodeCollection> done)
    {
        var trouble = done.Where(one => one.Node == item.Node && (one.State == CollectionState.Failed || one.Collection == item.Step.Object.Database))
            .Select(one => one.Trouble).FirstOrDefault(text => text.Length > 0);
        return new StepOutcome(trouble is null ? StepResult.Done : StepResult.Failed, TimeSpan.Zero, trouble ?? "");
    }

    private string Id() => $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
}
