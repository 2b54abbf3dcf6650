using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Breaking.Rules;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Lab;
using Millrace.Engine.Plans;

namespace Millrace.Engine.Breaking;

/// <summary>Checks what a plan would make of the fleet; what breaks is refused before anything runs.</summary>
/// <param name="answers">
/// Keeps each verdict: it depends on the engine, on both worlds and on the rules. Otherwise `apply` would ask what `plan` has just asked.
/// </param>
public sealed class ChangeGate(ILabHost host, AnswerStore answers, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The same plan, with the errors of the check among its refusals.</summary>
    public async Task<PlannedFleet> JudgeAsync(Project project, PlannedFleet planned, CancellationToken cancel)
    {
        if (planned.Plan.Steps.IsEmpty || !planned.LabFindings.IsEmpty)
            return planned;
        var (before, after) = Concerned(project, planned);
        if (before.Statements.IsEmpty || IsSame(before, after))
            return planned; // Where nothing is, nothing breaks; nor where a node only gets what the others have.
        var verdict = await VerdictAsync(before, after, cancel);
        if (!verdict.IsWhole)
            return planned with { Breaking = verdict.Findings };
        var findings = Allowances.Apply(project.Allow, verdict.Findings, DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime));
        return planned with
        {
            Plan = planned.Plan with { Refusals = [.. planned.Plan.Refusals, .. findings.Where(finding => finding.Severity == Severity.Error)] },
            Breaking = [.. findings.Where(finding => finding.Severity != Severity.Error)],
        };
    }

    private async Task<GateVerdict> VerdictAsync(WorldDeclaration before, WorldDeclaration after, CancellationToken cancel)
    {
        var key = AnswerStore.KeyOf([host.EngineId, .. Code, .. TextOf(before), "", .. TextOf(after)]);
        if (await answers.ReadAsync<GateVerdict>(key, cancel) is { } known)
            return known;
        await using var lab = await ChangeLab.StartAsync(host, cancel, before, after);
        var report = await lab.CheckDeclarationAsync(before, after, cancel);
        var verdict = report.Refused.IsEmpty
            ? new GateVerdict(IsWhole: true, report.Findings)
            : new GateVerdict(IsWhole: false, [.. report.Refused.Select(NotJudged)]);
        await answers.WriteAsync(key, verdict, cancel);
        return verdict;
    }

    /// <summary>Rules and probes, by the builds that hold them: another build may judge otherwise.</summary>
    private static IEnumerable<string> Code =>
        new[] { typeof(BreakingRules), typeof(ChangeGate) }.Select(type => type.Module.ModuleVersionId.ToString());

    private static IEnumerable<string> TextOf(WorldDeclaration world) =>
        world.Statements.Select(statement => $"{statement.Role}\n{statement.At}\n{statement.Sql}").Order(StringComparer.Ordinal)
            .Concat(world.ClusterRoles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))
            .Append(world.Database);

    private static bool IsSame(WorldDeclaration before, WorldDeclaration after) =>
        before.Statements.Select(statement => (statement.Role, statement.Sql)).ToHashSet()
            .SetEquals(after.Statements.Select(statement => (statement.Role, statement.Sql)));

    /// <summary>With objects missing, a check would see damage that is none.</summary>
    private static Finding NotJudged((WorldStatement Statement, EngineFault Fault) item) => Finding.Warning(
        item.Fault.IsWouldConnect ? "MR132" : "MR130",
        $"what this plan would break is not known: the lab does not accept `{item.Statement.Object}`, {item.Fault}",
        item.Statement.At,
        item.Fault.IsWouldConnect ? EngineFault.WriteColumns : null);

    /// <summary>What the plan changes and all that is connected with it; the rest of a large fleet need not be loaded.</summary>
    private static (WorldDeclaration Before, WorldDeclaration After) Concerned(Project project, PlannedFleet planned)
    {
        var before = WorldDeclaration.Of(project, planned.Observed);
        var declared = planned.Objects
            .Where(item => item.Declared.Purpose != ObjectPurpose.Ready)
            .Select(item => new WorldStatement(item.Declared.Placement.Role, item.Shape.CreateQuery, item.Declared.At) { Object = item.Name })
            .ToImmutableArray();
        var after = WorldDeclaration.Of(project, declared, planned.Observed);
        var changed = planned.Plan.Steps.Select(step => step.Object.Name).Distinct();
        var shapes = planned.Observed.Nodes.SelectMany(node => node.Objects.Values).Concat(planned.Objects.Select(item => item.Shape));
        var names = new ChangedPart([.. shapes.Distinct()]).Of(changed);
        return (Only(before, names), Only(after, names));
    }

    private static WorldDeclaration Only(WorldDeclaration world, ImmutableSortedSet<string> names) =>
        world with { Statements = [.. world.Statements.Where(statement => names.Contains(statement.Object!.Name))] };
}
