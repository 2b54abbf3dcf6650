using System.Collections.Immutable;

namespace Millrace.Core.Breaking;

/// <summary>
/// Places that no change touches and that other values may reach now: somewhere above them a type has changed. Types that
/// meet there alter or refuse some values, and perhaps none of those could come before.
/// </summary>
public static class FarConversions
{
    public static IEnumerable<Conversion> Of(ChangeFacts facts)
    {
        if (facts.Before is null)
            return [];
        var retyped = facts.After.Objects.Where(facts.IsRetyped);
        var below = Flow.Downstream(facts.After, retyped).Select(item => item.Ref).ToHashSet();
        if (below.Count == 0)
            return [];
        var were = Conversions.Of(facts.Before).ToLookup(item => item.Place);
        return Conversions.Of(facts.After).Where(item =>
            item.Kind is ConversionKind.Push or ConversionKind.Write && !item.Path.IsTrivial && item.Path.Values.IsEmpty
            && below.Contains(item.By.Ref) && were[item.Place].Any(was => was.Path.Equals(item.Path)));
    }

    /// <summary>Those at which something may happen to values, as the engine has shown.</summary>
    public static ImmutableArray<Conversion> Lossy(ChangeFacts facts) =>
        [.. Of(facts).Where(item => facts.Verdict(item.Path) is { IsKnown: true, IsLossless: false, Impossible: null })];
}
