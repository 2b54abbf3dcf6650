using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A narrowing that has always been there and did no harm, as nothing came that it would have altered: now it comes.</summary>
internal static class FarNarrowing
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts)
    {
        if (facts.Narrowings.IsEmpty)
            return [];
        var lossy = FarConversions.Lossy(facts).ToLookup(item => (item.To, item.Column));
        return facts.Narrowings.SelectMany(narrowing => lossy[(narrowing.Table, narrowing.Column)].Select(item => Describe(facts, item, narrowing)));
    }

    private static Breakage Describe(ChangeFacts facts, Conversion item, Narrowing narrowing)
    {
        // Where a type changed first; the views below it have but followed.
        var sources = Flow.Upstream(facts.After, item.By).Where(facts.IsRetyped).OrderBy(source => source.HasSelect).Select(source => source.Ref).ToList();
        return new(narrowing.Fault is null ? "MR301" : "MR302", Severity.Error,
            narrowing.Fault is { } fault
                ? $"an insert fails when `{item.To}`.`{item.Column}` should take {facts.Verdict(item.Path).Refused[0].Sent}, which could not come so far ({item.Path}), error {fault.Code}"
                : $"`{item.To}`.`{item.Column}` takes altered values that could not come so far: {narrowing.Sent} becomes {narrowing.Stored} ({item.Path})")
        {
            Where = item.To,
            Column = item.Column,
            Causes = [.. sources, item.By.Ref],
            Path = Flow.Text(facts.After, item.Column, [sources.FirstOrDefault(), item.From, item.By.Ref, item.To]),
            Evidence =
            [
                narrowing.Fault is { } seen
                    ? $"measured: {seen}; with {item.To}.{item.Column} as {item.Path.From} the same rows go in"
                    : "measured: with the types before the change nothing is altered there, and with those after it something is",
            ],
            Fix = TargetAdvice.For(facts, item.To, item.Column, item.Path, facts.Verdict(item.Path)),
        };
    }
}
