using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.Planning;

/// <summary>
/// Keeps streams from writing what a silent storage node may not be able to take, and storage from losing what a silent
/// ingestion node may still write. A view that writes a column which one shard lacks fails every block, on all shards,
/// until somebody notices; waiting costs nothing. Blank ingestion nodes are still filled with what the others already have.
/// </summary>
internal sealed class StorageGate
{
    private readonly ImmutableArray<Node> silent;
    private readonly ILookup<string, string> silentStorage;
    private readonly ImmutableArray<string> silentWriters;
    private readonly HashSet<string> changing;

    private StorageGate(Plan plan, PlanRequest request)
    {
        silent = [.. request.Observed.NotOk.Select(node => node.Node).Where(node => !request.Options.Without.Contains(node.Name))];
        silentStorage = request.Objects
            .Where(item => item.Declared.Purpose == ObjectPurpose.DataTable)
            .SelectMany(item => silent
                .Where(item.Declared.Placement.Includes)
                .Select(node => (item.Declared.Owner, node.Name)))
            .Distinct()
            .ToLookup(wait => wait.Owner, wait => wait.Name, StringComparer.Ordinal);
        changing = plan.Steps.Where(IsChange).Select(step => step.Owner).ToHashSet(StringComparer.Ordinal);
        silentWriters = [.. silent
            .Where(node => request.Project.Fleet.FindRole(node.Role)?.Kind == RoleKind.Ingestion)
            .Select(node => node.Name)];
    }

    public static Plan Apply(Plan plan, PlanRequest request)
    {
        var gate = new StorageGate(plan, request);
        if (gate.silent.IsEmpty)
            return plan;
        var steps = plan.Steps.Select(step => (Step: step, WaitsFor: gate.WaitsFor(step))).ToList();
        return plan with
        {
            Steps = [.. steps.Where(item => item.WaitsFor.IsEmpty).Select(item => item.Step)],
            Waiting = [.. steps.SelectMany(item => item.WaitsFor.Select(node => new Waiting(item.Step.Owner, node))).Distinct()],
        };
    }

    /// <summary>The silent nodes that the step has to wait for.</summary>
    private ImmutableArray<string> WaitsFor(Step step) => step.Phase switch
    {
        Phase.ExpandRead or Phase.ExpandWritable or Phase.Legs => [.. Storage(step)],
        Phase.ContractWritable or Phase.ContractRead => [.. Storage(step)],
        Phase.ContractStorage => [.. Storage(step).Concat(silentWriters).Distinct(StringComparer.Ordinal)],
        _ => [],
    };

    private IEnumerable<string> Storage(Step step) => step.Needs.Append(step.Owner)
        .Where(owner => step.Action != StepAction.Create || changing.Contains(owner))
        .SelectMany(owner => silentStorage[owner])
        .Distinct(StringComparer.Ordinal);

    /// <summary>The nodes do not have the declaration yet: what they have says nothing about what a silent one has.</summary>
    private static bool IsChange(Step step) =>
        step.Phase == Phase.ExpandStorage
        || (step.Phase is Phase.ExpandRead or Phase.ExpandWritable or Phase.Legs && step.Action != StepAction.Create);
}
