using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Breaking.Rules;
using Millrace.Core.Findings;

namespace Millrace.Engine.Breaking;

/// <summary>One check in labs that are already running; several may follow each other in the same ones.</summary>
internal sealed class ChangeRun(Rigs rigs)
{
    /// <summary>Up to so many objects, all of them are probed at once; of more, only those that the change concerns, in a world of their own.</summary>
    private const int SmallWorld = 60;

    private readonly Locator _locator = new();

    public async Task<ChangeReport> ScriptAsync(WorldDeclaration declared, ImmutableArray<ScriptStatement> change, CancellationToken cancel)
    {
        (declared, var refusedBefore) = await rigs.MakeAsync(declared, cancel);
        var first = rigs.Roles.Values.First();
        (change, var joined) = await Semicolons.ApartAsync(
            change, statement => (first, statement.Sql, statement.At), (statement, sql, at) => statement with { Sql = sql, At = at }, cancel);
        var before = await rigs.ReadAsync(declared, null, cancel);
        _locator.Note(before, declared);
        var script = new ChangeScript(change, rigs);
        _locator.Otherwise = change.FirstOrDefault()?.At;
        var probe = new WorldProbe(rigs, declared, change.Select(statement => statement.Sql));
        var run = before.Objects.Count() <= SmallWorld ? await probe.BeforeAsync(before, cancel) : null;
        var refused = await script.RunAsync(_locator, cancel);
        var after = await rigs.ReadAsync(declared, before, cancel);
        var facts = await new Benches(rigs).MeasureAsync(new ChangeFacts(before, after) { Rows = script.Rows }, cancel);
        facts = run is not null
            ? await probe.ComparedAsync(facts, run, after, cancel)
            : await probe.AroundScriptAsync(facts, script, cancel);
        if (run is not null && Culprits.MayBeIn(change) && BreakingRules.Run(facts).Any(Unexplained.IsOne))
            facts = facts with { Probe = await new Culprits(rigs, probe, declared, change).NameAsync(run, facts.Probe, cancel) };
        var unseparated = joined.Select(item => ChangeScript.Refused(item.Statement, first.Role, item.Fault) with { Evidence = [], Fix = "write the `;`" });
        return Report(facts, [.. unseparated, .. refused], refusedBefore);
    }

    public async Task<ChangeReport> DeclarationAsync(WorldDeclaration was, WorldDeclaration now, CancellationToken cancel)
    {
        (was, _) = await rigs.MakeAsync(was, cancel);
        (now, var missing) = await rigs.MendAsync(now, cancel);
        var before = WithoutIdentity(await rigs.ReadAsync(was, null, cancel), was);
        _locator.Note(before, was);
        var probe = new WorldProbe(rigs, was, now.Statements.Select(statement => statement.Sql));
        var run = before.Objects.Count() <= SmallWorld ? await probe.BeforeAsync(before, cancel) : null;
        var refused = missing.AddRange(await rigs.LoadAsync(now, cancel));
        var after = WithoutIdentity(await rigs.ReadAsync(now, null, cancel), now);
        _locator.Note(after, now);
        var facts = await new Benches(rigs).MeasureAsync(new ChangeFacts(before, after), cancel);
        facts = run is not null
            ? await probe.ComparedAsync(facts, run, after, cancel)
            : await probe.BetweenDeclarationsAsync(facts, now, cancel);
        return Report(facts, [], refused);
    }

    public async Task<ChangeReport> WorldAsync(WorldDeclaration declared, CancellationToken cancel)
    {
        (declared, var refused) = await rigs.MakeAsync(declared, cancel);
        var world = await rigs.ReadAsync(declared, null, cancel);
        _locator.Note(world, declared);
        return Report(await new Benches(rigs).MeasureAsync(new ChangeFacts(null, world), cancel), [], refused);
    }

    /// <summary>Two loads of a world give its objects other identities; that is no change.</summary>
    private static World WithoutIdentity(World world, WorldDeclaration declared) =>
        new(world.Objects.Select(item => item with { Uuid = "" }), declared.ClusterRoles);

    private ChangeReport Report(
        ChangeFacts facts, ImmutableArray<Breakage> first, ImmutableArray<(WorldStatement Statement, EngineFault Fault)> refused) =>
        new(
            [.. first.Concat(BreakingRules.Run(facts)).Select(breakage => _locator.Locate(breakage, facts)).Distinct()
                .OrderByDescending(finding => finding.Severity)
                .ThenBy(finding => finding.At?.File, StringComparer.Ordinal).ThenBy(finding => finding.At?.Line)],
            facts.After.Objects.Count(),
            refused)
        {
            Affected = AffectedPart.Of(facts),
        };
}
