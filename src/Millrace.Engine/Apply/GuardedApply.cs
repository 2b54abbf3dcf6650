using System.Collections.Immutable;
using System.Security.Cryptography;
using Millrace.Core.Journal;
using Millrace.Core.Locking;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Engine.Journal;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;
using Millrace.Engine.Plans;
using Millrace.Engine.Rings.Moves;

namespace Millrace.Engine.Apply;

/// <summary>
/// The way in which a fleet is changed: under its lock, written to its journal, and only while it still is as it was
/// planned for.
/// </summary>
/// <param name="statements">Runs the statements of the plan; the lock and the journal use <paramref name="connector"/>.</param>
public sealed class GuardedApply(
    INodeConnector connector, INodeConnector statements, FleetPlanner planner, FleetObserver observer, TimeProvider? time = null)
{
    private readonly TimeProvider clock = time ?? TimeProvider.System;

    /// <returns>What was done, and what a second plan still finds.</returns>
    /// <exception cref="LockHeldException">Somebody else changes the fleet.</exception>
    /// <exception cref="LeaseLostException">The lock was lost on the way; what ran until then is in the journal.</exception>
    /// <exception cref="JournalUnreachableException">What is to be done cannot be written down.</exception>
    /// <exception cref="UserErrorException">The fleet has changed since the plan was made.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; no statement is in flight any more.</exception>
    public async Task<(ApplyReport Report, Plan Left)> RunAsync(GuardedRequest request, IApplyListener listener, CancellationToken cancel)
    {
        var storage = StorageNodes.Answering(request.Planned.Observed, request.Project.Fleet, connector);
        var store = new JournalStore(storage, JournalStore.IsReplicated(request.Project.Fleet));
        await store.PrepareAsync(cancel);
        var info = Info(request);
        var stores = await LeaseStores.ForApplyAsync(storage, HasKeeper(request.Planned.Observed, storage), cancel);
        await using var lease = await new FleetLock(stores, LeaseTiming.Default, clock).TakeAsync(
            new LockRequest(info.Holder, info.Id, request.Wait, request.ForceUnlock, request.OnWaiting), cancel);
        await FormerStatements.WaitAsync(
            Answering(request), lease.BrokenOff, request.Project.Fleet.Connect.StatementTimeout, clock, cancel);
        if (!request.Project.Fleet.Rings.IsEmpty)
            await RingRebalance.RequireNoneUnfinishedAsync(request.Project, storage, cancel);
        request = await FollowFleetAsync(request, cancel);
        info = info with { PlanId = PlanId.Of(request.Planned.Plan) };
        var journal = new ApplyJournal(store, info, request.Planned.Plan, new JournalText(request.Redaction), () => lease.Now);
        await journal.BeginAsync(cancel);
        return await RunAsync(request, new ApplyListeners(new LeaseListener(lease), journal, listener), lease, journal, cancel);
    }

    private async Task<(ApplyReport Report, Plan Left)> RunAsync(
        GuardedRequest request, ApplyListeners listeners, Lease lease, ApplyJournal journal, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Lost);
        var apply = new FleetApply(new FencedConnector(statements, lease), planner);
        try
        {
            var (report, left) = await apply.RunAsync(request.Project, request.Planned, request.Options, listeners, either.Token);
            await journal.EndAsync(report.Succeeded ? EntryOutcome.Done : EntryOutcome.Failed, "", CancellationToken.None);
            return (report, left);
        }
        catch (OperationCanceledException) when (lease.LostBecause is { } reason && !cancel.IsCancellationRequested)
        {
            await EndBrokenAsync(journal, reason);
            throw new LeaseLostException(reason);
        }
        catch (Exception error) when (error is not JournalUnreachableException)
        {
            await EndBrokenAsync(journal, error is OperationCanceledException ? "interrupted" : error.Message);
            throw;
        }
    }

    private static async Task EndBrokenAsync(ApplyJournal journal, string reason)
    {
        try
        {
            await journal.EndAsync(EntryOutcome.Interrupted, reason, CancellationToken.None);
        }
        catch (JournalUnreachableException)
        {
            // The error that broke the apply off is the one to report; in the journal it ends as one that was killed.
        }
    }

    /// <summary>
    /// Between planning and getting the lock, another apply may have run, a killed one's last statement have ended, or a
    /// person have typed.
    /// </summary>
    private async Task<GuardedRequest> FollowFleetAsync(GuardedRequest request, CancellationToken cancel)
    {
        var now = await observer.ObserveAsync(request.Project.Fleet, cancel: cancel);
        var moved = WorldCheck.Differences(request.Planned.Plan, now);
        if (moved.IsEmpty)
            return request;
        if (request.PlanAgain is { } plan)
            return request with { Planned = await plan(cancel) };
        throw new UserErrorException(
            $"the fleet has changed since this was planned:\n  {string.Join("\n  ", moved.Take(10))}\nNothing was changed. Plan again: `millrace plan`, then `millrace apply`.");
    }

    private IEnumerable<INodeConnection> Answering(GuardedRequest request) => request.Planned.Observed.Nodes
        .Where(node => node.State == NodeState.Ok)
        .Select(node => connector.Connect(node.Node.Http, request.Project.Fleet.Connect));

    private static bool HasKeeper(ObservedFleet observed, ImmutableArray<StorageNode> storage) =>
        storage.All(node => observed.Find(node.Name)!.HasKeeper);

    private ApplyInfo Info(GuardedRequest request) => new(
        $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}",
        PlanId.Of(request.Planned.Plan),
        request.Project.Name,
        LocalProcess.Holder(request.Redaction),
        request.Revision.Commit,
        request.Revision.Dirty);
}
