using System.Collections.Immutable;

namespace Millrace.Core.Findings;

/// <summary>Turns what is allowed into a note, for as long as it is.</summary>
public static class Allowances
{
    public static ImmutableArray<Finding> Apply(ImmutableArray<Allowance> allowed, IEnumerable<Finding> findings, DateOnly today) =>
        [.. findings.Select(finding => Apply(allowed, finding, today))];

    private static Finding Apply(ImmutableArray<Allowance> allowed, Finding finding, DateOnly today)
    {
        var covering = allowed.Where(item => item.Covers(finding)).OrderByDescending(item => item.Until).FirstOrDefault();
        if (covering is null || finding.Severity == Severity.Info)
            return finding;
        return covering.Until >= today
            ? finding with { Severity = Severity.Info, Message = $"{finding.Message} (allowed until {covering.Until:yyyy-MM-dd}: {covering.Reason})" }
            : finding with { Message = $"{finding.Message} (was allowed until {covering.Until:yyyy-MM-dd}: {covering.Reason})" };
    }
}
