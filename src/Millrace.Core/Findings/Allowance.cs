namespace Millrace.Core.Findings;

/// <summary>A finding that the user accepts for a while.</summary>
/// <param name="Object">The object it is about, <c>database.name</c> or only the name; null for every one.</param>
/// <param name="Until">The last day on which it holds.</param>
public sealed record Allowance(string Code, string? Object, string Reason, DateOnly Until)
{
    public bool Covers(Finding finding) =>
        finding.Code == Code
        && (Object is null || finding.Subject == Object || finding.Subject?.EndsWith($".{Object}", StringComparison.Ordinal) == true);
}
