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
        var refusedBefore = await rigs.LoadAsync(declared, cancel);
        var before = await rigs.ReadAsync(declared, null, cancel);
        _locator.Note(before, declared);
        var script = new ChangeScript(change, rigs);
        _locator.Otherwise = change.FirstOrDefault()?.At;
        var probe = before.Objects.Count() <= SmallWorld ? new WorldProbe(rigs, declared) : null;
        var run = probe is null ? null : await probe.BeforeAsync(before, cancel);
        var refused = await script.RunAsync(_locator, cancel);
        var after = await rigs.ReadAsync(declared, before, cancel);
        var facts = await new Benches(rigs).MeasureAsync(new ChangeFacts(before, after) { Rows = script.Rows }, cancel);
        var differences = run is not null
            ? await probe!.AfterAsync(run, after, cancel)
            : await new WorldProbe(rigs, declared).AroundScriptAsync(facts, script, cancel);
        return Report(facts with { Probe = differences }, refused, refusedBefore);
    }

    public async Task<ChangeReport> DeclarationAsync(WorldDeclaration was, WorldDeclaration now, CancellationToken cancel)
    {
        await rigs.LoadAsync(was, cancel);
        var before = WithoutIdentity(await rigs.ReadAsync(was, null, cancel), was);
        _locator.Note(before, was);
        var probe = new WorldProbe(rigs, was);
        var run = before.Objects.Count() <= SmallWorld ? await probe.BeforeAsync(before, cancel) : null;
        var refused = await rigs.LoadAsync(now, cancel);
        var after = WithoutIdentity(await rigs.ReadAsync(now, null, cancel), now);
        _locator.Note(after, now);
        var facts = await new Benches(rigs).MeasureAsync(new ChangeFacts(before, after), cancel);
        var differences = run is not null
            ? await probe.AfterAsync(run, after, cancel)
            : await probe.BetweenDeclarationsAsync(facts, now, cancel);
        return Report(facts with { Probe = differences }, [], refused);
    }

    public async Task<ChangeReport> WorldAsync(WorldDeclaration declared, CancellationToken cancel)
    {
        var refused = await rigs.LoadAsync(declared, cancel);
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
            [.. first.Concat(BreakingRules.Run(facts)).Select(_locator.Locate).Distinct()
                .OrderByDescending(finding => finding.Severity)
                .ThenBy(finding => finding.At?.File, StringComparer.Ordinal).ThenBy(finding => finding.At?.Line)],
            facts.After.Objects.Count(),
            refused)
        {
            Affected = AffectedPart.Of(facts),
        };
}
