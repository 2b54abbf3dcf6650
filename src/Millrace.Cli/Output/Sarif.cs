using System.Text.Json.Nodes;
using Millrace.Core.Findings;

namespace Millrace.Cli.Output;

/// <summary>Findings as SARIF 2.1.0, which code scanning services read.</summary>
internal static class Sarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    public static JsonObject Of(IReadOnlyCollection<Finding> findings) => new()
    {
        ["$schema"] = Schema,
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "millrace",
                    ["rules"] = new JsonArray([.. findings.Select(f => f.Code).Distinct().Order(StringComparer.Ordinal)
                        .Select(code => (JsonNode)new JsonObject { ["id"] = code, ["help"] = new JsonObject { ["text"] = FindingPrinter.Page(code) } })]),
                },
            },
            ["columnKind"] = "utf16CodeUnits",
            ["results"] = new JsonArray([.. findings.Select(f => (JsonNode)Result(f))]),
        }),
    };

    private static JsonObject Result(Finding finding)
    {
        var text = finding.Fix is { } fix ? $"{finding.Message}. Fix: {fix}" : finding.Message;
        var result = new JsonObject
        {
            ["ruleId"] = finding.Code,
            ["level"] = finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" },
            ["message"] = new JsonObject { ["text"] = finding.Detail is { } detail ? $"{text}\n{detail}" : text },
        };
        if (finding.At is { } at)
            result["locations"] = new JsonArray(Location(at));
        return result;
    }

    private static JsonObject Location(SourceRef at)
    {
        var place = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = at.File } };
        if (at.Line > 0)
        {
            var region = new JsonObject { ["startLine"] = at.Line };
            if (at.Column > 0)
                region["startColumn"] = at.Column;
            if (at.Column > 0 && at.Length > 0)
                region["endColumn"] = at.Column + at.Length;
            place["region"] = region;
        }

        return new JsonObject { ["physicalLocation"] = place };
    }
}
