using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Databases;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine.Plans;

namespace Millrace.Engine.Databases;

/// <summary>
/// Judges plans by the Postgres tables that their sinks write to. A sink that a plan makes while Postgres would refuse its rows is refused; of one
/// that stands already it is said.
/// </summary>
public sealed class DatabaseGate(DatabaseReader reader, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public async Task<PlannedFleet> JudgeAsync(Project project, PlannedFleet planned, CancellationToken cancel)
    {
        var databases = await reader.ReadAsync(project, planned.Observed, cancel);
        if (databases.IsEmpty)
            return planned;
        var refused = Made(project, planned).Select(sink => PostgresTables.SubjectOf(sink)).ToHashSet(StringComparer.Ordinal);
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        var findings = Allowances.Apply(project.Allow, [.. PostgresTables.Check(project, databases), .. UnaskedDatabases.Check(project, databases)], today)
            .Select(finding => finding.Severity == Severity.Error && !refused.Contains(finding.Subject ?? "") ? finding with { Severity = Severity.Warning } : finding)
            .ToLookup(finding => finding.Severity == Severity.Error);
        return planned with
        {
            Plan = planned.Plan with { Refusals = [.. planned.Plan.Refusals, .. findings[true]] },
            Outside = [.. planned.Outside, .. findings[true]],
            Remarks = [.. findings[false].Where(finding => finding.Severity == Severity.Warning)],
        };
    }

    /// <summary>The sinks that are new, or get another definition: not those that one more node gets as the others have them.</summary>
    private static IEnumerable<PostgresSink> Made(Project project, PlannedFleet planned)
    {
        var naming = new Naming(project);
        var made = planned.Plan.Steps
            .Where(step => step.Action != StepAction.Create || !planned.Observed.Nodes.Any(node => node.Objects.ContainsKey(step.Object)))
            .Select(step => step.Object).ToHashSet();
        return from pipeline in project.Pipelines
               where pipeline.Into is PostgresSink && made.Contains(naming.Target(pipeline))
               select (PostgresSink)pipeline.Into;
    }
}
