using System.Collections.Immutable;
using Millrace.Core.Lineage;

namespace Millrace.UnitTests.Core.Lineage;

/// <summary>Small graphs, written as <c>a &gt; b</c>, and columns as <c>a.x &gt; b.y</c>.</summary>
internal static class Graphs
{
    public static LineageGraph Of(string edges, string columns = "")
    {
        var pairs = Pairs(edges).ToList();
        var cells = Pairs(columns).Select(pair => (From: Cell(pair.From), To: Cell(pair.To), pair.Kind)).ToList();
        var nodes = pairs.SelectMany(pair => new[] { pair.From, pair.To }).Distinct().Order(StringComparer.Ordinal)
            .Select(id => new LineageNode(id, $"db.{id}", "data", NodeKind.Storage)
            {
                Columns = [.. cells.SelectMany(pair => new[] { pair.From, pair.To }).Where(cell => cell.Node == id && cell.Column.Length > 0).Select(cell => cell.Column).Distinct().Select(name => new LineageColumn(name, "String"))],
            });
        return new LineageGraph(
            [.. nodes],
            [.. pairs.Select(pair => new LineageEdge(pair.From, pair.To, pair.Kind))],
            [.. cells.Select(pair => new ColumnEdge(pair.From.Node, pair.From.Column, pair.To.Node, pair.To.Column, pair.Kind))]);
    }

    private static IEnumerable<(string From, string To, EdgeKind Kind)> Pairs(string text) =>
        from part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let ends = part.Split(['>', '?'], StringSplitOptions.TrimEntries)
        select (ends[0], ends[1], part.Contains('?', StringComparison.Ordinal) ? EdgeKind.Indirect : EdgeKind.Direct);

    private static (string Node, string Column) Cell(string text) => text.Split('.') is [var node, var column] ? (node, column) : (text, "");
}
