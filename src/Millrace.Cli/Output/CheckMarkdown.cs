using System.Text;
using Millrace.Core.Findings;

namespace Millrace.Cli.Output;

/// <summary>A check as a comment on a pull request: what breaks, and the part of the graph that the change concerns.</summary>
internal static class CheckMarkdown
{
    /// <summary>More edges make no picture that anybody reads.</summary>
    private const int MostEdges = 60;

    public static string Of(CheckOutcome outcome)
    {
        var text = new StringBuilder($"### millrace check: {FindingPrinter.Count(outcome.Findings)}\n\n");
        foreach (var finding in outcome.Findings.Where(finding => finding.Severity > Severity.Info))
            Write(text, finding);
        Graph(text, outcome);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Finding finding)
    {
        text.Append($"- **{(finding.Severity == Severity.Error ? "error" : "warning")} {finding.Code}** {finding.Message}");
        text.Append(finding.At is { } at ? $" (`{at}`)\n" : "\n");
        if (finding.Detail is { } detail)
            text.Append($"  ```\n  {detail.Replace("\n", "\n  ", StringComparison.Ordinal)}\n  ```\n");
        if (finding.Fix is { } fix)
            text.Append($"  fix: {fix}\n");
    }

    private static void Graph(StringBuilder text, CheckOutcome outcome)
    {
        if (outcome.Report is not { Affected: { Edges.IsEmpty: false } graph })
            return;
        var damaged = outcome.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.Subject).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var leftOut = graph.Edges.Length - MostEdges;
        if (leftOut > 0)
            graph = graph.First(MostEdges);
        text.Append($"\n<details open><summary>What the change concerns</summary>\n\n```mermaid\n{LineageMermaid.Of(graph, null, damaged)}```\n");
        if (leftOut > 0)
            text.Append($"\n{leftOut} more edges are left out.\n");
        text.Append("\n</details>\n");
    }
}
