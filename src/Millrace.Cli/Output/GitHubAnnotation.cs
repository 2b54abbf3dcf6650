using Millrace.Core.Findings;

namespace Millrace.Cli.Output;

/// <summary>A finding as a workflow command: GitHub shows it at the line of the pull request.</summary>
internal static class GitHubAnnotation
{
    public static string Of(Finding finding)
    {
        var place = finding.At is { } at ? $"file={Property(at.File)},line={Math.Max(1, at.Line)},{(at.Column > 0 ? $"col={at.Column}," : "")}" : "";
        var text = string.Join('\n', new[] { finding.Message, finding.Detail, finding.Fix is { } fix ? $"fix: {fix}" : null, FindingPrinter.Page(finding.Code) }.Where(part => part is not null));
        return $"::{Level(finding.Severity)} {place}title={Property(finding.Code)}::{Data(text)}";
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "notice",
    };

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
