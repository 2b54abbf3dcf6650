using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Lineage;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Values that the engine changes, or refuses, where two types meet and nobody asked for a conversion.</summary>
internal static class AlteredValues
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts)
    {
        var before = facts.Before is null
            ? ImmutableDictionary<(ObjectRef, ObjectRef, string, ConversionKind), Conversion>.Empty
            : Conversions.Of(facts.Before).ToImmutableDictionary(item => item.Place);
        var found = Conversions.Of(facts.After).ToList();
        if (facts.Before is not null)
            found.AddRange(Conversions.Between(facts.Before, facts.After).Where(item => !facts.Rows.IsEmptied(item.By.Uuid, item.Column)));
        // A value that its view's frozen columns already alter is reported there, and only there.
        var frozen = found.Where(item => item.Kind == ConversionKind.Header && !Arriving(facts, item).IsLossless)
            .Select(item => (item.By.Ref, item.Column)).ToHashSet();
        foreach (var item in found)
        {
            var verdict = Arriving(facts, item);
            if (facts.Before is null && item.Kind == ConversionKind.Default)
                continue; // What a default is cast to is its author's choice, until something changes under it.
            if (verdict.IsLossless || (item.Kind == ConversionKind.Push && frozen.Contains((item.By.Ref, item.Column))))
                continue;
            var was = before.GetValueOrDefault(item.Place);
            if (facts.Before is not null && !IsWorse(facts, item, was, verdict))
                continue;
            yield return ConversionWords.Describe(facts, item, was, verdict);
        }
    }

    /// <summary>The time of a Kafka message is Nullable by its type, and is there in every message of today's brokers.</summary>
    private static CastVerdict Arriving(ChangeFacts facts, Conversion item)
    {
        var verdict = facts.Arriving.GetValueOrDefault((item.By.Ref, item.Column, item.Path)) ?? facts.Verdict(item.Path);
        if (verdict.Refused.IsEmpty || item.Kind is not (ConversionKind.Push or ConversionKind.Header))
            return verdict;
        var origins = item.By.Origins.Where(origin => origin.Output == item.Column && origin.Kind == EdgeKind.Direct).ToList();
        return origins.Count > 0 && origins.All(origin => origin.Column is "_timestamp" or "_timestamp_ms" && facts.After.Beside(item.By, origin.Source)?.Engine == "Kafka")
            ? verdict with { Refused = verdict.Refused.RemoveAll(pair => pair.Sent == "NULL") }
            : verdict;
    }

    /// <summary>True when values that came through before do not now.</summary>
    private static bool IsWorse(ChangeFacts facts, Conversion item, Conversion? was, CastVerdict now)
    {
        if (was is null)
            return item.Kind switch
            {
                // Two types met before as well, and agreed: then they made no place.
                ConversionKind.Read or ConversionKind.Write or ConversionKind.Header => true,
                // A new default is what its author wrote; only a known one can come to mean something else.
                ConversionKind.Default => facts.Was(item.By)?.Column(item.Column) is { } column
                    && column.DefaultExpression == item.By.Column(item.Column)!.DefaultExpression && column.Type == item.By.Column(item.Column)!.Type,
                _ => true,
            };
        if (was.Path.Equals(item.Path))
            return false;
        var then = facts.Verdict(was.Path);
        return now.Rank > then.Rank
            || now.Altered.Any(pair => then.Altered.All(known => known.Sent != pair.Sent) && IsValueOf(was, pair.Sent))
            || then.Altered.IsEmpty && !now.Altered.IsEmpty
            || now.Refused.Any(pair => then.Refused.All(known => known.Sent != pair.Sent)) && now.Rank >= then.Rank && was.Path.From == item.Path.From;
    }

    /// <summary>Other types have other boundary values; only equal ones can be compared.</summary>
    private static bool IsValueOf(Conversion was, string sent) => was.Path.From.Length > 0 && sent.Length > 0;
}
