using System.Text.Json.Nodes;
using Millrace.Core.Findings;

namespace Millrace.Cli.Output;

/// <summary>Findings for machines.</summary>
public static class FindingJson
{
    public static JsonArray Of(IEnumerable<Finding> findings) => new([.. findings.Select(f => (JsonNode)Of(f))]);

    private static JsonObject Of(Finding finding) => new()
    {
        ["code"] = finding.Code,
        ["node"] = finding.Node,
        ["object"] = finding.Subject,
        ["severity"] = finding.Severity.ToString().ToLowerInvariant(),
        ["message"] = finding.Message,
        ["file"] = finding.At?.File,
        ["line"] = finding.At?.Line,
        ["column"] = finding.At?.Column,
        ["length"] = finding.At?.Length,
        ["fix"] = finding.Fix,
        ["detail"] = finding.Detail,
        ["page"] = FindingPrinter.Page(finding.Code),
    };
}
