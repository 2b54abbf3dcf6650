using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Adds to what a rule found what the probe saw of it: real values, in place of what must follow from types and names.</summary>
internal static class Confirmed
{
    public static Breakage By(ChangeFacts facts, Breakage breakage)
    {
        if (breakage.Severity == Severity.Info)
            return breakage; // A note tells of no damage: what was seen belongs to another finding.
        var seen = facts.Probe.Where(difference => IsAbout(facts, difference, breakage)).Select(Words).Distinct(StringComparer.Ordinal).Take(2)
            .Where(line => !breakage.Evidence.Contains(line)).ToList();
        return seen.Count == 0 ? breakage : breakage with { Evidence = breakage.Evidence.AddRange(seen) };
    }

    private static bool IsAbout(ChangeFacts facts, ProbeDifference difference, Breakage breakage) =>
        difference.Where == breakage.Where
            ? difference.Column is null || difference.Column == breakage.Column
            : difference.Outcome == ProbeOutcome.InsertFails && facts.After.Find(difference.Where) is { } entry
                && Flow.Downstream(facts.After, entry).Any(item => item.Ref == breakage.Where);

    private static string Words(ProbeDifference difference) => difference.Outcome switch
    {
        ProbeOutcome.InsertFails => $"seen: an insert into `{difference.Where}` fails, {difference.Fault}",
        ProbeOutcome.ReadFails => $"seen: reading `{difference.Where}` fails, {difference.Fault}",
        ProbeOutcome.Values => $"seen: the same rows put {difference.Before} into `{difference.Where}`.`{difference.Column}` before, {difference.After} after",
        _ => $"seen: the same rows put {difference.Before} into `{difference.Where}` before, {difference.After} after",
    };
}
