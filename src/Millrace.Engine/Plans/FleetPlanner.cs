using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Core.ServerConfig.Checks;
using Millrace.Engine.Lab;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Plans;

/// <summary>Makes plans: the declaration through the lab, the nodes as they are, and the steps between them.</summary>
public sealed class FleetPlanner(LabLoader lab, FleetObserver observer)
{
    private static readonly ObserveOptions Observation = new() { WithFacts = true };

    /// <summary>Asks the lab and the fleet at the same time, then plans.</summary>
    public async Task<PlannedFleet> PlanAsync(Project project, PlanOptions options, CancellationToken cancel)
    {
        var loading = lab.LoadAsync(project, cancel);
        var observing = observer.ObserveAsync(project.Fleet, Observation, cancel);
        await Task.WhenAll(loading, observing);
        var (declared, observed) = (await loading, await observing);
        var plan = Planner.Plan(new PlanRequest(project, declared.Objects, observed, options));
        // An object that the lab refused is unknown, not undeclared: with it missing, a plan could drop what is meant to stay.
        if (!declared.Findings.IsEmpty)
            plan = plan with { Steps = [], Refusals = [.. declared.Findings, .. plan.Refusals] };
        var config = ServerConfigChecks.Run(project, observed).Where(finding => finding.Severity == Severity.Error).ToImmutableArray();
        return new PlannedFleet(plan with { Refusals = [.. config, .. plan.Refusals] }, declared.Objects, observed)
        {
            Outside = config,
            LabFindings = declared.Findings,
        };
    }

    /// <summary>Plans again for the same declaration, as after an apply.</summary>
    public async Task<Plan> ReplanAsync(Project project, PlannedFleet before, PlanOptions options, CancellationToken cancel)
    {
        var observed = await observer.ObserveAsync(project.Fleet, Observation, cancel);
        return Planner.Plan(new PlanRequest(project, before.Objects, observed, options));
    }
}
