using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Observed;

namespace Millrace.Core.Planning;

/// <summary>
/// Keeps streams from writing what a silent storage node may not be able to take. A view that writes a new column to a
/// shard without it fails every block, on all shards, until somebody notices; waiting costs nothing.
/// Blank ingestion nodes are still filled with what the others already have.
/// </summary>
internal static class StorageGate
{
    public static Plan Apply(Plan plan, PlanRequest request)
    {
        var silent = request.Observed.NotOk.Where(node => !request.Options.Without.Contains(node.Node.Name)).ToList();
        if (silent.Count == 0)
            return plan;
        var waiting = request.Objects
            .Where(item => item.Declared.Purpose == ObjectPurpose.DataTable)
            .SelectMany(item => silent
                .Where(node => item.Declared.Placement.Includes(node.Node))
                .Select(node => new Waiting(item.Declared.Owner, node.Node.Name)))
            .Distinct()
            .ToLookup(wait => wait.Owner, StringComparer.Ordinal);
        var widening = plan.Steps
            .Where(step => step.Phase == Phase.ExpandStorage)
            .Select(step => step.Owner)
            .ToHashSet(StringComparer.Ordinal);
        var stopped = plan.Steps.Where(Waits).ToImmutableArray();
        return plan with
        {
            Steps = plan.Steps.RemoveRange(stopped),
            Waiting = [.. stopped.SelectMany(step => waiting[step.Owner]).Distinct()],
        };

        bool Waits(Step step) =>
            waiting.Contains(step.Owner)
            && step.Phase is Phase.ExpandRead or Phase.ExpandWritable or Phase.Legs
            && (widening.Contains(step.Owner) || step.Action != StepAction.Create);
    }
}
