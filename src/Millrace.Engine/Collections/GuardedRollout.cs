using System.Collections.Immutable;
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
    private readonly FleetGuard guard = new(connector, time ?? TimeProvider.System);

    /// <param name="report">Hears of each node that is through.</param>
    /// <exception cref="LockHeldException">Somebody else changes the fleet.</exception>
    /// <exception cref="LeaseLostException">The lock was lost on the way; what ran until then is in the journal.</exception>
    /// <exception cref="JournalUnreachableException">What is to be done cannot be written down.</exception>
    public async Task<ImmutableArray<NodeCollection>> RunAsync(RolloutRequest request, Action<string> report, CancellationToken cancel)
    {
        var observed = await observer.ObserveAsync(request.Project.Fleet, cancel: cancel);
        var (id, holder) = (guard.NewId(), LocalProcess.Holder(request.Redaction));
        var (lease, store, _) = await guard.EnterAsync(
            request.Project.Fleet, observed, new LockRequest(holder, id, request.Wait, request.ForceUnlock, request.OnWaiting), cancel);
        await using var held = lease;
        var steps = CollectionSteps.Of(request.Project, await new CollectionRollout(connector, request.Project).LookAsync(cancel));
        var info = new ApplyInfo(id, PlanId.Of(steps), request.Project.Name, holder, request.Revision.Commit, request.Revision.Dirty);
        var journal = new ApplyJournal(store, info, steps, new JournalText(request.Redaction), () => lease.Now);
        await journal.BeginAsync(cancel);
        var items = steps.Steps.SelectMany(step => step.Nodes.Select(node => new NodeStep(step, node))).ToList();
        var rollout = new CollectionRollout(new FencedConnector(statements, lease), request.Project);
        return await FleetGuard.RunAsync(
            lease,
            journal,
            async stop =>
            {
                await journal.PhaseStartingAsync(Phase.ExpandWritable, items, stop);
                var done = await rollout.ApplyAsync(report, stop);
                await journal.PhaseFinishedAsync([.. items.Select(item => (item, OutcomeOf(item, done)))], CancellationToken.None);
                return (done, done.All(item => item.Trouble.Length == 0));
            },
            cancel);
    }

    /// <summary>What a node that failed says stands for all its collections.</summary>
    private static StepOutcome OutcomeOf(NodeStep item, ImmutableArray<NodeCollection> done)
    {
        var trouble = done.Where(one => one.Node == item.Node && (one.State == CollectionState.Failed || one.Collection == item.Step.Object.Database))
            .Select(one => one.Trouble).FirstOrDefault(text => text.Length > 0);
        return new StepOutcome(trouble is null ? StepResult.Done : StepResult.Failed, TimeSpan.Zero, trouble ?? "");
    }
}
