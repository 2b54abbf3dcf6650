using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine.Nodes;
using Millrace.Engine.Plans;

namespace Millrace.Engine.Apply;

/// <summary>Applies a plan to a fleet and proves the result by planning again.</summary>
public sealed class FleetApply(INodeConnector connector, FleetPlanner planner)
{
    /// <summary>Runs the plan of <paramref name="planned"/>.</summary>
    /// <returns>What was done, and what a second plan still finds: empty unless a node failed or the world moved.</returns>
    public async Task<(ApplyReport Report, Plan Left)> RunAsync(
        Project project, PlannedFleet planned, PlanOptions options, IApplyListener listener, CancellationToken cancel)
    {
        var nodes = planned.Observed.Nodes.ToDictionary(node => node.Node.Name, node => node.Node, StringComparer.Ordinal);
        var applier = new Applier(name => connector.Connect(nodes[name].Http, project.Fleet.Connect), listener);
        var report = await applier.ApplyAsync(planned.Plan, cancel);
        return (report, await planner.ReplanAsync(project, planned, options, cancel));
    }
}
