using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millrace.Core.Lineage;

namespace Millrace.Cli.Output;

/// <summary>Graphs and impacts for machines. Unknown is null.</summary>
internal static class LineageJson
{
    public static JsonObject Of(LineageGraph graph) => new()
    {
        ["nodes"] = Array(graph.Nodes, Node),
        ["edges"] = Array(graph.Edges, Edge),
        ["columns"] = Array(graph.ColumnEdges, edge => new JsonObject
        {
            ["from"] = edge.From, ["from_column"] = Text(edge.FromColumn), ["to"] = edge.To, ["to_column"] = Text(edge.ToColumn), ["kind"] = LineageWords.Of(edge.Kind),
        }),
        ["gaps"] = Array(graph.Gaps, gap => JsonValue.Create(gap)),
    };

    public static JsonObject Of(Selection selection, ImmutableArray<ImpactItem> items, bool up, ImmutableArray<string> gaps) => new()
    {
        ["of"] = Array(selection.Nodes, node => new JsonObject { ["id"] = node.Id, ["object"] = node.Name, ["role"] = Text(node.Role) }),
        ["column"] = selection.Column,
        ["direction"] = up ? "up" : "down",
        ["items"] = Array(items, item => new JsonObject
        {
            ["id"] = item.Node.Id,
            ["object"] = item.Node.Name,
            ["role"] = Text(item.Node.Role),
            ["what"] = LineageWords.Of(item.Node),
            ["kind"] = LineageWords.Of(item.Kind),
            ["steps"] = item.Steps,
            ["columns"] = Array(item.Columns, column => JsonValue.Create(column)),
            ["deciding"] = Array(item.Deciding, column => JsonValue.Create(column)),
            ["rows"] = item.Rows,
            ["path"] = Array(item.Path, step => JsonValue.Create(step)),
        }),
        ["gaps"] = Array(gaps, gap => JsonValue.Create(gap)),
    };

    private static JsonObject Node(LineageNode node) => new()
    {
        ["id"] = node.Id,
        ["name"] = node.Name,
        ["role"] = Text(node.Role),
        ["kind"] = node.Kind.ToString().ToLowerInvariant(),
        ["engine"] = Text(node.Engine),
        ["file"] = node.At?.File,
        ["line"] = node.At?.Line,
        ["fault"] = node.Fault,
        ["columns"] = Array(node.Columns, column => new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["computed"] = Text(column.Computed) }),
        ["figures"] = node.Figures is not { } figures ? null : new JsonObject
        {
            ["on_nodes"] = figures.OnNodes, ["of_nodes"] = figures.OfNodes, ["rows"] = figures.Rows, ["bytes"] = figures.Bytes,
            ["parts"] = figures.Parts, ["parts_in_partition"] = figures.PartsInPartition,
        },
    };

    private static JsonObject Edge(LineageEdge edge) => new()
    {
        ["from"] = edge.From,
        ["to"] = edge.To,
        ["kind"] = LineageWords.Of(edge.Kind),
        ["figures"] = edge.Figures is not { } figures ? null : new JsonObject
        {
            ["rows_per_second"] = figures.RowsPerSecond, ["lag"] = figures.Lag, ["waiting_files"] = figures.Waiting,
            ["failures"] = figures.Failures, ["last_error"] = Text(figures.LastError),
        },
    };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => [.. items.Select(write)];

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
