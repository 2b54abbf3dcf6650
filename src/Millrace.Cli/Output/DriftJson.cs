using System.Text.Json.Nodes;
using Millrace.Core.Drift;

namespace Millrace.Cli.Output;

/// <summary>Drift as one JSON document, with every node by name and both definitions of what differs.</summary>
public static class DriftJson
{
    public static JsonObject Of(DriftReport report) => new()
    {
        ["drift"] = !report.IsEmpty,
        ["objects"] = new JsonArray([.. report.Objects.Select(Of)]),
        ["differences"] = new JsonArray([.. report.Splits.Select(Of)]),
        ["findings"] = FindingJson.Of(report.Findings),
        ["silent"] = new JsonArray([.. report.Silent.Select(node => new JsonObject
        {
            ["node"] = node.Node, ["role"] = node.Role, ["reason"] = node.Reason,
        })]),
        ["unmanagedAlike"] = report.UnmanagedAlike,
    };

    private static JsonObject Of(ObjectDrift drift) => new()
    {
        ["object"] = drift.Object.ToString(),
        ["role"] = drift.Role,
        ["owner"] = drift.Owner,
        ["kind"] = drift.Kind.ToString().ToLowerInvariant(),
        ["what"] = drift.What,
        ["risk"] = drift.Risk?.ToString().ToLowerInvariant(),
        ["nodes"] = Names(drift.Nodes),
        ["ofNodes"] = drift.OfNodes,
        ["declared"] = drift.Declared?.CreateQuery,
        ["observed"] = drift.Observed?.CreateQuery,
    };

    private static JsonObject Of(NodeSplit split) => new()
    {
        ["role"] = split.Role,
        ["what"] = split.What,
        ["sides"] = new JsonArray([.. split.Sides.Select(side => new JsonObject
        {
            ["value"] = side.Value, ["nodes"] = Names(side.Nodes),
        })]),
    };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);
}
