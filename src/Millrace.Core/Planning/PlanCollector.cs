using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.Planning;

/// <summary>Gathers the plans of single objects into one ordered plan.</summary>
internal sealed class PlanCollector(Project project)
{
    private readonly List<Step> steps = [];
    private readonly List<Finding> refusals = [];
    private readonly List<HeldBack> held = [];

    public void Refuse(Finding finding)
    {
        if (!refusals.Contains(finding))
            refusals.Add(finding);
    }

    public void Add(
        ObjectPlan plan, DeclaredObject declared, IEnumerable<ObservedNode> group, ImmutableArray<string> needs = default)
    {
        var nodes = group.Select(node => node.Node.Name).ToImmutableArray();
        foreach (var finding in plan.Refusals)
            Refuse(finding);
        held.AddRange(plan.Held.Select(item => new HeldBack(item.Object, item.What, nodes)));
        steps.AddRange(plan.Steps.Select(draft => new Step
        {
            Action = draft.Action,
            Object = draft.Before.IsEmpty ? declared.Name : draft.Before[0].Name,
            Owner = declared.Owner,
            Needs = needs.IsDefault ? [] : needs,
            Role = declared.Placement.Role,
            Phase = draft.Phase,
            Order = declared.Order,
            Risk = draft.Risk,
            Reason = draft.Reason,
            At = declared.At,
            Statements = draft.Statements,
            Nodes = nodes,
            OneNodeAtATime = draft.OneNodeAtATime,
            Before = draft.Before,
            Expect = draft.Expect,
        }));
    }

    public Plan ToPlan() => new()
    {
        Project = project.Name,
        // A stable sort: within a phase the order of the declaration stays.
        Steps = [.. steps.OrderBy(step => step.Phase).ThenBy(step => step.Order)],
        Refusals = [.. refusals],
        Held = [.. held],
    };
}
