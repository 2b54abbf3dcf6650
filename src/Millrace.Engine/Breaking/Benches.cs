using System.Collections.Immutable;
using Millrace.Core.Breaking;

namespace Millrace.Engine.Breaking;

/// <summary>All that the rules have an engine try.</summary>
internal sealed class Benches(Rigs rigs)
{
    public async Task<ChangeFacts> MeasureAsync(ChangeFacts facts, CancellationToken cancel)
    {
        var first = rigs.Roles.Values.First();
        var casts = new CastBench(first);
        facts = facts with { Verdicts = await casts.JudgeAsync(TypePaths.Of(facts), cancel) };
        var collapsing = ImmutableHashSet.CreateBuilder<(ObjectRef, string)>();
        foreach (var role in CollapseCandidates.Of(facts).GroupBy(item => item.Table.Ref.Role))
            collapsing.UnionWith(await new CollapseBench(rigs.Roles[role.Key]).JudgeAsync(role, cancel));
        facts = facts with { Collapsing = collapsing.ToImmutable(), Widenings = await new WideningBench(rigs, casts).JudgeAsync(Widening.Of(facts), cancel) };
        facts = facts with { Arriving = await new ArrivingBench(rigs, casts).JudgeAsync(facts, cancel) };
        if (facts.Before is null)
            return facts;
        var merges = ImmutableArray.CreateBuilder<MergeDifference>();
        foreach (var role in MergeCandidates.Of(facts).GroupBy(item => item.Now.Ref.Role))
            merges.AddRange(await new MergeBench(rigs.Roles[role.Key]).JudgeAsync(facts.After, role, cancel));
        foreach (var role in SettingsChange.Of(facts).GroupBy(item => item.Table.Ref.Role))
            merges.AddRange(await new SettingsBench(rigs.Roles[role.Key]).JudgeAsync(role, cancel));
        var stored = Conversions.Between(facts.Before, facts.After).Where(item => item.Kind == ConversionKind.Stored).Select(item => item.Path);
        return facts with
        {
            Untouched = await new RewriteBench(first).UntouchedAsync(stored, cancel),
            SentDefaults = await new DefaultBench(first).EqualAsync(SentConstant.Of(facts), cancel),
            Merges = merges.ToImmutable(),
            NotShorter = await new LifetimeBench(first).NotShorterAsync(LifetimeChange.Of(facts), cancel),
        };
    }
}
