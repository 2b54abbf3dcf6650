using System.Collections.Concurrent;
using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Engine.Apply;
using Millrace.Engine.Journal;
using Millrace.Engine.Locking;
using Millrace.Engine.Observe;
using Millrace.Engine.Plans;

namespace Millrace.Engine.Watch;

/// <summary>
/// Brings back what is missing or safe to change: one round at a time, under the fleet's lock and written to its journal,
/// for all nodes that need it at once.
/// </summary>
internal sealed class Repairer(Func<Declaration> declaration, FleetPicture picture, WatchTools tools, WatchOptions options, IWatchListener listener)
{
    private readonly ConcurrentDictionary<string, long> needs = new(StringComparer.Ordinal);
    private readonly RestingNodes resting = new(options, tools.Time);
    private readonly ReportedDrift reported = new(listener);

    /// <summary>A node answers again: from now on counts how long its repair takes.</summary>
    public void NoteUp(string node) => needs[node] = tools.Time.GetTimestamp();

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await picture.WaitAsync(options.Interval, cancel);
            await RoundAsync(cancel);
        }
    }

    /// <returns>The plan of before the round, with all that is left to people.</returns>
    public async Task<Plan> RoundAsync(CancellationToken cancel)
    {
        var wanted = declaration();
        var observed = picture.Of(wanted.Project.Fleet);
        var request = wanted.Request(observed);
        var plan = Planner.Plan(request);
        var repairs = Repairs.Of(plan, request, resting.Now());
        listener.On(new WatchEvent.Planned(plan));
        reported.Tell(repairs, plan);
        NoteNeeds(plan, observed);
        if (!repairs.Plan.IsEmpty)
            await RepairAsync(wanted, observed, repairs.Plan, cancel);
        return plan;
    }

    private void NoteNeeds(Plan plan, ObservedFleet observed)
    {
        var touched = plan.Steps.SelectMany(step => step.Nodes).ToHashSet(StringComparer.Ordinal);
        foreach (var node in touched)
            needs.TryAdd(node, tools.Time.GetTimestamp());
        foreach (var node in observed.Nodes.Where(node => node.State == NodeState.Ok && !touched.Contains(node.Node.Name)))
            needs.TryRemove(node.Node.Name, out _);
    }

    private async Task RepairAsync(Declaration wanted, ObservedFleet observed, Plan plan, CancellationToken cancel)
    {
        var names = plan.Steps.SelectMany(step => step.Nodes).ToHashSet(StringComparer.Ordinal);
        // Only what is touched is looked at again: healing one node must not wait for the rest of the fleet.
        var touched = wanted.WithNodes([.. wanted.Project.Fleet.Nodes.Where(node => names.Contains(node.Name))]);
        try
        {
            var request = new GuardedRequest
            {
                Project = touched.Project,
                Planned = new PlannedFleet(plan, wanted.Objects, observed),
                Options = new PlanOptions(),
                Redaction = wanted.Redaction,
                Revision = await tools.Revision(cancel),
            };
            var (report, _) = await tools.Apply.RunAsync(request, new QuietListener(), cancel);
            Tell(report);
        }
        catch (LockHeldException held)
        {
            listener.On(new WatchEvent.RepairPostponed($"{held.State.Holder} applies since {held.State.Since:HH:mm:ss} UTC"));
            Rest(names);
        }
        catch (Exception error) when (error is UserErrorException or LeaseLostException or JournalUnreachableException)
        {
            listener.On(new WatchEvent.RepairPostponed(error.Message));
            Rest(names);
        }

        await LookAgainAsync(touched.Project.Fleet, cancel);
    }

    private void Tell(ApplyReport report)
    {
        foreach (var node in report.Outcomes.GroupBy(item => item.Item.Node, StringComparer.Ordinal))
        {
            var failed = node.FirstOrDefault(item => item.Outcome.Result != StepResult.Done);
            if (failed.Item is not null)
            {
                listener.On(new WatchEvent.RepairFailed(
                    node.Key, failed.Item.Step.Object, failed.Outcome.Error, resting.Add(node.Key)));
                continue;
            }

            resting.Forget(node.Key);
            var took = needs.TryRemove(node.Key, out var since) ? tools.Time.GetElapsedTime(since) : report.Took;
            listener.On(new WatchEvent.Repaired(node.Key, [.. node.Select(item => item.Item.Step.Object).Distinct()], took));
        }
    }

    private void Rest(IEnumerable<string> nodes)
    {
        foreach (var node in nodes)
            resting.AddBriefly(node);
    }

    /// <summary>The next round must not plan with what was there before this one.</summary>
    private async Task LookAgainAsync(Fleet touched, CancellationToken cancel)
    {
        var look = new ObserveOptions { WithFacts = true, NodeTimeout = options.Patience };
        var seen = await tools.Observer.ObserveAsync(touched with { Connect = touched.Connect with { Retries = 0 } }, look, cancel);
        cancel.ThrowIfCancellationRequested();
        foreach (var node in seen.Nodes)
            picture.Set(node);
    }
}
