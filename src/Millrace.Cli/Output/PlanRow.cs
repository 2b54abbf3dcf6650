using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Engine.Plans;

namespace Millrace.Cli.Output;

/// <summary>One step of a plan with its number and where it runs.</summary>
internal sealed record PlanRow(int Number, Step Step, string Nodes)
{
    private const int Named = 2;

    public PlanRow(int number, Step step, PlannedFleet planned)
        : this(number, step, Where(step, planned))
    {
    }

    /// <summary><c>2 of 2 nodes</c>, or <c>1 of 2: ing-2</c> when the others need nothing.</summary>
    private static string Where(Step step, PlannedFleet planned)
    {
        var place = planned.Objects.FirstOrDefault(item => item.Name == step.Object && item.Declared.Placement.Role == step.Role)?.Declared.Placement;
        var total = planned.Observed.NodesOf(step.Role).Count(node => place is null || place.Includes(node.Node));
        var count = step.Nodes.Length;
        if (count >= total)
            return $"{count} of {Counted.Of(total, "node")}";
        var names = string.Join(", ", step.Nodes.Take(count > Named ? 1 : Named));
        return $"{count} of {total}: {names}{(count > Named ? $" and {count - 1} more" : "")}";
    }
}
