using System.Globalization;
using Millrace.Core.Findings;

namespace Millrace.Cli.Output;

/// <summary>Prints findings for people: the place and what is wrong, the line with what is meant underlined, and what to do.</summary>
public sealed class FindingPrinter(Terminal terminal, SourceLines sources)
{
    private const int LongestLabel = 90;

    /// <summary>One column after the longest severity, <c>warning</c>.</summary>
    private const int SeverityWidth = 7;

    public void Print(IReadOnlyCollection<Finding> findings)
    {
        // Headlines line up, so that a screen of findings reads as a table.
        var placeWidth = Math.Min(40, findings.Select(f => Place(f).Length).DefaultIfEmpty().Max());
        foreach (var finding in findings)
            Print(finding, placeWidth);
    }

    /// <summary><c>2 errors, 1 warning</c>.</summary>
    public static string Count(IEnumerable<Finding> findings)
    {
        var severities = findings.CountBy(f => f.Severity).ToDictionary();
        var (errors, warnings) = (
            severities.GetValueOrDefault(Severity.Error), severities.GetValueOrDefault(Severity.Warning));
        return $"{Counted.Of(errors, "error")}, {Counted.Of(warnings, "warning")}";
    }

    /// <summary>The page that explains a code.</summary>
    public static string Page(string code) => $"docs/checks/{code}.md";

    private void Print(Finding finding, int placeWidth)
    {
        var severity = terminal.Paint(Word(finding.Severity).PadRight(SeverityWidth), InkOf(finding.Severity));
        var place = terminal.Paint(Place(finding).PadRight(placeWidth), Ink.Bold);
        terminal.Out.WriteLine($"{place}  {severity}  {finding.Code}  {terminal.Paint(finding.Message, Ink.Bold)}");
        var labelled = PrintLine(finding);
        if (finding.Detail is { } detail && !labelled)
            foreach (var line in detail.Split('\n'))
                terminal.Out.WriteLine($"   {line}");
        var page = terminal.Paint(Page(finding.Code), Ink.Dim);
        terminal.Out.WriteLine(finding.Fix is { } fix ? $"   {terminal.Paint("fix:", Ink.Cyan)} {fix}   {page}" : $"   {page}");
        terminal.Out.WriteLine();
    }

    /// <summary>The source line with carets; true when the detail stood beside them.</summary>
    private bool PrintLine(Finding finding)
    {
        if (finding.At is not { Line: > 0 } at || sources.Find(at) is not { } line)
            return false;
        var number = at.Line.ToString(CultureInfo.InvariantCulture).PadLeft(5);
        var window = LineWindow.Of(line, at.Column, at.Length, Math.Max(40, terminal.Width - 10));
        terminal.Out.WriteLine($"{terminal.Paint($"{number} |", Ink.Dim)} {window.Text}");
        if (at.Column == 0)
            return false;
        var label = finding.Detail is { Length: <= LongestLabel } detail && !detail.Contains('\n') ? $" {detail}" : "";
        var carets = terminal.Paint(new string('^', window.Length), InkOf(finding.Severity));
        terminal.Out.WriteLine($"{terminal.Paint("      |", Ink.Dim)} {window.Indent}{carets}{label}");
        return label.Length > 0;
    }

    private static string Place(Finding finding) => finding.At?.ToString() ?? finding.Node ?? "fleet";

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    private static Ink InkOf(Severity severity) => severity switch
    {
        Severity.Error => Ink.Red,
        Severity.Warning => Ink.Yellow,
        _ => Ink.Cyan,
    };
}
