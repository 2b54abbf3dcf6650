using System.Collections.Immutable;
using Millrace.Core.Observed;

namespace Millrace.Core.Planning;

/// <summary>Whether the nodes are still as they were when a plan was made.</summary>
public static class WorldCheck
{
    /// <summary>What has changed since, one sentence each; empty when the plan may run.</summary>
    public static ImmutableArray<string> Differences(Plan plan, ObservedFleet observed)
    {
        var changes = ImmutableArray.CreateBuilder<string>();
        foreach (var step in plan.Steps)
        foreach (var name in step.Nodes)
        {
            if (observed.Find(name) is not { State: NodeState.Ok } node)
            {
                changes.Add($"{name} does not answer any more");
                continue;
            }

            foreach (var before in step.Before)
            {
                var now = node.Objects.GetValueOrDefault(before.Name);
                if (!Equals(now, before.Shape))
                    changes.Add(now is null ? $"{before.Name} is gone from {name}"
                        : before.Shape is null ? $"{before.Name} appeared on {name}"
                        : $"{before.Name} changed on {name}");
            }
        }

        changes.AddRange(MutationGuard.Check(plan.Steps, observed).Select(finding => finding.Message));
        return [.. changes.Distinct()];
    }
}
