using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Millrace.Core.Lineage;

namespace Millrace.Cli.Output;

/// <summary>A graph as one HTML file that needs nothing else: page, style, script and data in it.</summary>
internal static class LineageHtml
{
    // The encoder's default escapes `<`: no name can end the script that holds the data.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Of(LineageGraph graph, Selection? selection)
    {
        var parts = LayeredLayout.Of(graph);
        var placed = parts.SelectMany(part => part.Layers.SelectMany(layer => layer)).Where(item => item.To.Length == 0).Select(item => item.Node).ToHashSet(StringComparer.Ordinal);
        var data = JsonSerializer.Serialize(
            new
            {
                Nodes = graph.Nodes.Select(Node),
                Edges = graph.Edges.Select(Edge),
                Columns = graph.ColumnEdges.Select(edge => new { edge.From, edge.FromColumn, edge.To, edge.ToColumn, Kind = LineageWords.Of(edge.Kind) }),
                Parts = parts.Select(part => part.Layers.Select(layer => layer.Select(item => new { item.Node, To = item.To.Length == 0 ? null : item.To }))),
                Alone = graph.Nodes.Where(node => !placed.Contains(node.Id)).Select(node => node.Id),
                Start = selection is { Nodes: [var first, ..] } ? new { first.Id, selection.Column } : null,
                Count = LineageTree.Count(graph) + (graph.Gaps.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $", {graph.Gaps.Length} not in the picture")),
            },
            Json);
        return Page("lineage.html")
            .Replace("{{css}}", Page("lineage.css"), StringComparison.Ordinal)
            .Replace("{{layout}}", Page("layout.js"), StringComparison.Ordinal)
            .Replace("{{script}}", Page("lineage.js") + Page("view.js"), StringComparison.Ordinal)
            .Replace("{{data}}", data, StringComparison.Ordinal);
    }

    private static object Node(LineageNode node) => new
    {
        node.Id,
        node.Name,
        Short = node.Kind == NodeKind.Topic ? node.Name : node.Name[(node.Name.IndexOf('.', StringComparison.Ordinal) + 1)..],
        node.Role,
        Kind = node.Kind.ToString().ToLowerInvariant(),
        What = node.Kind == NodeKind.Topic && node.Engine.Length > 0 ? $"topic on {node.Engine}" : LineageWords.Of(node),
        At = node.At?.ToString(),
        node.Fault,
        Now = LineageWords.Measured(node, null) is { Length: > 0 } now ? now : null,
        Columns = node.Columns.Select(column => new { column.Name, column.Type, column.Computed }),
    };

    private static object Edge(LineageEdge edge) => new
    {
        edge.From,
        edge.To,
        Kind = LineageWords.Of(edge.Kind),
        Now = edge.Figures is { } figures && LineageWords.Measured(figures) is { Length: > 0 } now ? now : null,
        Bad = edge.Figures is { IsTroubled: true } ? true : (bool?)null,
        Error = edge.Figures is { LastError.Length: > 0 } troubled ? troubled.LastError : null,
    };

    private static string Page(string name)
    {
        using var stream = typeof(LineageHtml).Assembly.GetManifestResourceStream($"Page.{name}")
            ?? throw new InvalidOperationException($"{name} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
