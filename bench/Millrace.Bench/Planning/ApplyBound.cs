using Millrace.Core.Planning;

namespace Millrace.Bench.Planning;

/// <summary>
/// How long an apply takes that runs the statements of a node one after the other, the nodes side by side, and does
/// nothing else: for every phase, the latency of one request times the statements of the node that has most of them.
/// Nodes that may only go one at a time add up.
/// </summary>
public static class ApplyBound
{
    public static (int Phases, int Statements, int SlowestNode) Of(Plan plan)
    {
        var phases = plan.Steps.GroupBy(step => (step.Phase, step.Order)).ToList();
        return (
            phases.Count,
            plan.Steps.Sum(step => step.Statements.Length * step.Nodes.Length),
            phases.Sum(phase => SlowestNode([.. phase])));
    }

    private static int SlowestNode(IReadOnlyCollection<Step> phase)
    {
        var free = phase.Where(step => !step.OneNodeAtATime)
            .SelectMany(step => step.Nodes, (step, node) => (node, step.Statements.Length))
            .GroupBy(item => item.node, item => item.Length, StringComparer.Ordinal)
            .Select(node => node.Sum()).DefaultIfEmpty().Max();
        return free + phase.Where(step => step.OneNodeAtATime).Sum(step => step.Statements.Length * step.Nodes.Length);
    }
}
