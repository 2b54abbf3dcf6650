using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Breaking;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Lab;
using Millrace.Engine.Plans;

namespace Millrace.Engine.Breaking;

/// <summary>Checks what a plan would make of the fleet; what breaks is refused before anything runs.</summary>
public sealed partial class ChangeGate(ILabHost host, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The same plan, with the errors of the check among its refusals.</summary>
    public async Task<PlannedFleet> JudgeAsync(Project project, PlannedFleet planned, CancellationToken cancel)
    {
        if (planned.Plan.Steps.IsEmpty || !planned.LabFindings.IsEmpty)
            return planned;
        var (before, after) = Concerned(project, planned);
        if (before.Statements.IsEmpty)
            return planned; // Where nothing is, nothing breaks.
        await using var lab = await ChangeLab.StartAsync(host, cancel, before, after);
        var report = await lab.CheckDeclarationAsync(before, after, cancel);
        if (!report.Refused.IsEmpty)
            return planned with { Breaking = [.. report.Refused.Select(NotJudged)] };
        var findings = Allowances.Apply(project.Allow, report.Findings, DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime));
        return planned with
        {
            Plan = planned.Plan with { Refusals = [.. planned.Plan.Refusals, .. findings.Where(finding => finding.Severity == Severity.Error)] },
            Breaking = [.. findings.Where(finding => finding.Severity != Severity.Error)],
        };
    }

    /// <summary>With objects missing, a check would see damage that is none.</summary>
    private static Finding NotJudged((WorldStatement Statement, EngineFault Fault) item) => Finding.Warning(
        "MR130", $"what this plan would break is not known: the lab does not accept `{item.Statement.Object}`, {item.Fault}", item.Statement.At);

    /// <summary>What the plan changes and all that is connected with it; the rest of a large fleet need not be loaded.</summary>
    private static (WorldDeclaration Before, WorldDeclaration After) Concerned(Project project, PlannedFleet planned)
    {
        var before = WorldDeclaration.Of(project, planned.Observed);
        var declared = planned.Objects
            .Where(item => item.Declared.Purpose != ObjectPurpose.Ready)
            .Select(item => new WorldStatement(item.Declared.Placement.Role, item.Shape.CreateQuery, item.Declared.At) { Object = item.Name })
            .ToImmutableArray();
        var after = WorldDeclaration.Of(project, declared, planned.Observed);
        var changed = planned.Plan.Steps.Select(step => step.Object.Name).ToHashSet(StringComparer.Ordinal);
        var names = Connected([.. before.Statements, .. after.Statements], changed);
        return (Only(before, names), Only(after, names));
    }

    private static WorldDeclaration Only(WorldDeclaration world, HashSet<string> names) =>
        world with { Statements = [.. world.Statements.Where(statement => names.Contains(statement.Object!.Name))] };

    /// <summary>Objects that mention each other's names, however indirectly: more than what really depends, never less.</summary>
    private static HashSet<string> Connected(ImmutableArray<WorldStatement> statements, HashSet<string> start)
    {
        var names = statements.Select(statement => statement.Object!.Name).ToHashSet(StringComparer.Ordinal);
        var mentions = statements
            .SelectMany(statement => Word().Matches(statement.Sql).Select(match => match.Value).Where(names.Contains).Distinct()
                .Select(name => (From: statement.Object!.Name, To: name)))
            .Where(pair => pair.From != pair.To)
            .ToList();
        var neighbours = mentions.Concat(mentions.Select(pair => (From: pair.To, To: pair.From))).ToLookup(pair => pair.From, pair => pair.To);
        var connected = start.Where(names.Contains).ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(connected);
        while (open.TryDequeue(out var name))
            foreach (var next in neighbours[name].Where(connected.Add))
                open.Enqueue(next);
        return connected;
    }

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
