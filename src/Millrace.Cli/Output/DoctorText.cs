using System.Text.Json;
using System.Text.Json.Nodes;
using Millrace.Core.Findings;
using Millrace.Core.Doctor;
using Millrace.Engine.Doctor;

namespace Millrace.Cli.Output;

/// <summary>What the live checks found: a headline per check, the evidence with the nodes it is true of, what to do.</summary>
public sealed class DoctorText(Terminal terminal)
{
    /// <summary>Different evidence of one check is shown up to here; the rest is counted.</summary>
    private const int MostLines = 6;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public void Write(DoctorReport report)
    {
        foreach (var diagnosis in report.Diagnoses)
            Write(report.Facts, diagnosis);
        terminal.Out.WriteLine(Summary(report));
    }

    public static void WriteJson(TextWriter writer, DoctorReport report) => writer.WriteLine(new JsonObject
    {
        ["ok"] = report.Facts.Silent.IsEmpty && report.Findings.All(f => f.Severity != Severity.Error),
        ["checks"] = new JsonArray([.. report.Rules.Select(rule => (JsonNode)rule.Code)]),
        ["nodes"] = report.Facts.Nodes.Length,
        ["unreachable"] = new JsonArray([.. report.Facts.Silent.Select(node => (JsonNode)node.Node.Name)]),
        ["findings"] = FindingJson.Of(report.Findings),
    }.ToJsonString(Indented));

    private void Write(DoctorFacts facts, Diagnosis diagnosis)
    {
        var (word, ink) = diagnosis.Severity == Severity.Error ? ("error", Ink.Red) : ("warning", Ink.Yellow);
        terminal.Out.WriteLine(
            $"{terminal.Paint(word.PadRight(7), ink)}  {diagnosis.Rule.Code}  {terminal.Paint(diagnosis.Rule.Title, Ink.Bold)}");
        var evidence = diagnosis.Findings.GroupBy(finding => finding.Message).ToList();
        foreach (var same in evidence.Take(MostLines))
            Write(facts, same.Key, [.. same]);
        if (evidence.Count > MostLines)
            terminal.Out.WriteLine($"   and {evidence.Count - MostLines} more of the kind: millrace doctor --only {diagnosis.Rule.Code} --json");
        foreach (var detail in diagnosis.Findings.Select(f => f.Detail).OfType<string>().Distinct().Take(Details(diagnosis)))
            foreach (var line in detail.Split('\n'))
                terminal.Out.WriteLine($"      {terminal.Paint(line, Ink.Dim)}");
        var page = terminal.Paint(FindingPrinter.Page(diagnosis.Rule.Code), Ink.Dim);
        var fixes = diagnosis.Findings.Take(MostLines).Select(finding => finding.Fix).Distinct().ToList();
        for (var i = 0; i < fixes.Count; i++)
            terminal.Out.WriteLine($"   {terminal.Paint("fix:", Ink.Cyan)} {fixes[i]}{(i == fixes.Count - 1 ? $"   {page}" : "")}");
        terminal.Out.WriteLine();
    }

    /// <summary>What to add to a node's configuration differs in names only; of statements, each is to be run.</summary>
    private static int Details(Diagnosis diagnosis) => diagnosis.Findings.Any(finding => finding.Node is not null) ? 1 : MostLines;

    private void Write(DoctorFacts facts, string message, List<Finding> same)
    {
        var nodes = same.Select(f => f.Node).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var at = same[0].At is { } place ? terminal.Paint($"{place}  ", Ink.Dim) : "";
        var all = facts.Nodes.Length + facts.Silent.Length;
        var where = nodes.Count switch
        {
            0 => "",
            1 => $"on {nodes[0]}: ",
            _ => $"on {nodes.Count} of {all} nodes: {NodeList.Of(nodes)}: ",
        };
        terminal.Out.WriteLine($"   {at}{terminal.Paint(where, Ink.Bold)}{message}");
    }

    private static string Summary(DoctorReport report)
    {
        var looked = $"{Counted.Of(report.Rules.Length, "check")} on {Counted.Of(report.Facts.Nodes.Length, "node")}";
        return report.Diagnoses.IsEmpty
            ? $"{looked}, nothing to report"
            : $"{looked}: {Count(report, Severity.Error, "error")}, {Count(report, Severity.Warning, "warning")}";
    }

    private static string Count(DoctorReport report, Severity severity, string noun) =>
        Counted.Of(report.Diagnoses.Count(d => d.Severity == severity), noun);
}
