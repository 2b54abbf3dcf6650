using System.Collections.Immutable;

namespace Millrace.Core.Breaking.Rules;

/// <summary>All rules over two worlds.</summary>
public static class BreakingRules
{
    private static readonly ImmutableArray<Func<ChangeFacts, IEnumerable<Breakage>>> Rules =
    [
        BrokenDefinitions.Run, Triggers.Run, LostNames.Run, AlteredValues.Run, FarNarrowing.Run, ProxyColumns.Run, MergeMembers.Run, MergedRows.Run, MergedValues.Run, MergeOutcomes.Run, TableKeys.Run, Starved.Run, LostRows.Run, Feeders.Run, RefreshedTargets.Run, Dependencies.Run, OtherEngine.Run, OtherSource.Run, ComputedLifetimes.Run, MessageFields.Run, Costs.Run,
    ];

    public static ImmutableArray<Breakage> Run(ChangeFacts facts)
    {
        var found = Rules.SelectMany(rule => rule(facts)).ToImmutableArray();
        return [.. found.Select(breakage => Confirmed.By(facts, breakage)), .. Unexplained.Run(facts, found)];
    }
}
