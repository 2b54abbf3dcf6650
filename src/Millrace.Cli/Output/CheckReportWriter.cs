using System.Text.Json.Nodes;
using Millrace.Core.Findings;

namespace Millrace.Cli.Output;

/// <summary>Writes the outcome of a check in the form that was asked for.</summary>
public sealed class CheckReportWriter(Terminal terminal, string folder, CheckOutcome outcome)
{
    public void Write(CheckFormat format, TimeSpan elapsed)
    {
        switch (format)
        {
            case CheckFormat.Json:
                JsonOutput.Write(terminal, new JsonObject { ["ok"] = !outcome.HasErrors, ["findings"] = FindingJson.Of(outcome.Findings) });
                break;
            case CheckFormat.Sarif:
                JsonOutput.Write(terminal, Sarif.Of(outcome.Findings));
                break;
            case CheckFormat.Github:
                foreach (var finding in outcome.Findings)
                    terminal.Out.WriteLine(GitHubAnnotation.Of(finding));
                break;
            case CheckFormat.Markdown:
                terminal.Out.Write(CheckMarkdown.Of(outcome));
                break;
            default:
                new FindingPrinter(terminal, new SourceLines(folder, outcome.Redaction)).Print(outcome.Findings);
                terminal.Out.WriteLine($"{FindingPrinter.Count(outcome.Findings)}{What()} ({elapsed.TotalSeconds:0.0} s)");
                break;
        }
    }

    private string What()
    {
        var objects = outcome.Report is { Objects: var count } ? $" in {Counted.Of(count, "object")}" : "";
        return outcome.Project is { } project
            ? $"{(objects.Length > 0 ? $"{objects} of" : " in")} {Counted.Of(project.Pipelines.Length, "pipeline")} on {Counted.Of(project.Fleet.Nodes.Length, "node")}"
            : objects;
    }
}
