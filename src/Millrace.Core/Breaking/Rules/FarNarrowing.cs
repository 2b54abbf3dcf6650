using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A narrowing that has always been there and did no harm, as nothing came that it would have altered: now it comes.</summary>
internal static class FarNarrowing
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from difference in facts.Probe
        where difference.Outcome == ProbeOutcome.Narrowed
        from item in FarConversions.Lossy(facts)
        where item.To == difference.Where && item.Column == difference.Column
        select Describe(facts, item, difference);

    private static Breakage Describe(ChangeFacts facts, Conversion item, ProbeDifference difference)
    {
        // Where a type changed first; the views below it have but followed.
        var sources = Flow.Upstream(facts.After, item.By).Where(source => IsRetyped(facts, source)).OrderBy(source => source.HasSelect).Select(source => source.Ref).ToList();
        return new(difference.Fault is null ? "MR301" : "MR302", Severity.Error,
            difference.Fault is { } fault
                ? $"an insert fails when `{item.To}`.`{item.Column}` should take {facts.Verdict(item.Path).Refused[0].Sent}, which could not come so far ({item.Path}), error {fault.Code}"
                : $"`{item.To}`.`{item.Column}` takes altered values that could not come so far: {difference.Before} becomes {difference.After} ({item.Path})")
        {
            Where = item.To,
            Column = item.Column,
            Causes = [.. sources, item.By.Ref],
            Path = Flow.Text(facts.After, item.Column, [sources.FirstOrDefault(), item.From, item.By.Ref, item.To]),
            Evidence =
            [
                difference.Fault is { } seen
                    ? $"measured: {seen}; with {item.To}.{item.Column} as {item.Path.From} the same rows go in"
                    : "measured: with the types before the change nothing is altered there, and with those after it something is",
            ],
            Fix = TargetAdvice.For(facts, item.To, item.Column, item.Path, facts.Verdict(item.Path)),
        };
    }

    private static bool IsRetyped(ChangeFacts facts, ObjectState item) =>
        facts.Was(item) is { } was && item.Shape.Columns.Any(column => was.Column(column.Name) is { } old && old.Type != column.Type);
}
