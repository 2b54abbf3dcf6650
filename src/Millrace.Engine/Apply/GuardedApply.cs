using Millrace.Core.Journal;
using Millrace.Core.Locking;
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
    private readonly FleetGuard guard = new(connector, time ?? TimeProvider.System);

    /// <returns>What was done, and what a second plan still finds.</returns>
    /// <exception cref="LockHeldException">Somebody else changes the fleet.</exception>
    /// <exception cref="LeaseLostException">The lock was lost on the way; what ran until then is in the journal.</exception>
    /// <exception cref="JournalUnreachableException">What is to be done cannot be written down.</exception>
    /// <exception cref="UserErrorException">The fleet has changed since the plan was made.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; no statement is in flight any more.</exception>
    public async Task<(ApplyReport Report, Plan Left)> RunAsync(GuardedRequest request, IApplyListener listener, CancellationToken cancel)
    {
        var info = Info(request);
        var (lease, store, storage) = await guard.EnterAsync(
            request.Project.Fleet, request.Planned.Observed, new LockRequest(info.Holder, info.Id, request.Wait, request.ForceUnlock, request.OnWaiting), cancel);
        await using var held = lease;
        if (!request.Project.Fleet.Rings.IsEmpty)
            await RingRebalance.RequireNoneUnfinishedAsync(request.Project, storage, cancel);
        request = await FollowFleetAsync(request, cancel);
        info = info with { PlanId = PlanId.Of(request.Planned.Plan) };
        var journal = new ApplyJournal(store, info, request.Planned.Plan, new JournalText(request.Redaction), () => lease.Now);
        await journal.BeginAsync(cancel);
        var listeners = new ApplyListeners(new LeaseListener(lease), journal, listener);
        var apply = new FleetApply(new FencedConnector(statements, lease), planner);
        return await FleetGuard.RunAsync(
            lease,
            journal,
            async stop =>
            {
                var done = await apply.RunAsync(request.Project, request.Planned, request.Options, listeners, stop);
                return (done, done.Report.Succeeded);
            },
            cancel);
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

    private ApplyInfo Info(GuardedRequest request) => new(
        guard.NewId(),
        PlanId.Of(request.Planned.Plan),
        request.Project.Name,
        LocalProcess.Holder(request.Redaction),
        request.Revision.Commit,
        request.Revision.Dirty);
}
