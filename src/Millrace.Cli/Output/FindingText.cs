using System.Text;
using Millrace.Core.Findings;

namespace Millrace.Cli.Output;

/// <summary>A finding as people read it.</summary>
public static class FindingText
{
    public static string Of(Finding finding)
    {
        var text = new StringBuilder();
        if (finding.At is not null)
            text.Append(finding.At).Append("  ");
        text.Append($"{finding.Severity.ToString().ToLowerInvariant()} {finding.Code}  {finding.Message}");
        foreach (var line in finding.Detail?.Split('\n') ?? [])
            text.Append($"\n    {line}");
        if (finding.Fix is not null)
            text.Append($"\n  fix: {finding.Fix}");
        return text.ToString();
    }
}
