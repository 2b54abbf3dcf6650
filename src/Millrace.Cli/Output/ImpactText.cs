using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Findings;
using Millrace.Core.Lineage;

namespace Millrace.Cli.Output;

/// <summary>What something reaches or comes from, the nearest first.</summary>
public sealed class ImpactText(Terminal terminal)
{
    private const int ColumnsShown = 6;

    public string Render(Selection selection, ImmutableArray<ImpactItem> items, bool up, ImmutableArray<string> gaps)
    {
        var text = new StringBuilder();
        foreach (var node in selection.Nodes)
            text.Append(terminal.Paint(Head(node, selection.Column), Ink.Bold)).Append('\n');
        text.Append('\n');
        if (items.IsEmpty)
            text.Append(up ? "It comes from nothing that is known here.\n" : "Nothing that is known here depends on it.\n");
        else
            text.Append(Table(items, selection.Column is not null));
        foreach (var gap in gaps)
            text.Append(terminal.Paint($"not known: {gap.Split('\n')[0]}\n", Ink.Yellow));
        if (!items.IsEmpty)
            text.Append($"\n{Summary(items, up)}\n");
        return text.ToString();
    }

    private static string Head(LineageNode node, string? column)
    {
        var where = node.Role.Length > 0 ? $"on {node.Role}, {LineageWords.Of(node)}" : LineageWords.Of(node);
        var type = column is not null && node.Column(column) is { } found ? $" {found.Type}{(found.Computed.Length > 0 ? $" {found.Computed}" : "")}" : "";
        return $"{node.Name}{(column is null ? "" : $".{column}")}{type}   {where}{(node.At is { } at ? $"   {at}" : "")}";
    }

    private static string Table(ImmutableArray<ImpactItem> items, bool byColumn)
    {
        var rows = new List<string[]> { new[] { "STEPS", "OBJECT", "ROLE", "WHAT", "HOW", byColumn ? "COLUMNS" : "" } };
        rows.AddRange(items.Select(item => new[]
        {
            item.Steps.ToString(System.Globalization.CultureInfo.InvariantCulture), item.Node.Name, item.Node.Role, LineageWords.Of(item.Node), LineageWords.Of(item.Kind),
            byColumn ? Columns(item) : "",
        }));
        return TextTable.Render(rows);
    }

    private static string Columns(ImpactItem item)
    {
        var shown = item.Columns.Take(ColumnsShown).ToList();
        if (item.Columns.Length > shown.Count)
            shown.Add($"{item.Columns.Length - shown.Count} more");
        var rows = item.Rows ? " (which rows there are)"
            : item.Deciding.IsEmpty ? ""
            : $" (rows by {string.Join(", ", item.Deciding.Take(ColumnsShown))}{(item.Deciding.Length > ColumnsShown ? ", ..." : "")})";
        return $"{string.Join(", ", shown)}{rows}".TrimStart();
    }

    private static string Summary(ImmutableArray<ImpactItem> items, bool up)
    {
        var objects = items.Count(item => item.Node.Kind != NodeKind.Topic);
        var roles = items.Select(item => item.Node.Role).Where(role => role.Length > 0).Distinct().Count();
        var farthest = items.MaxBy(item => item.Steps)!;
        return $"{Counted.Of(objects, "object")} on {Counted.Of(roles, "role")} {(up ? "upstream" : "downstream")}. The longest way:  {string.Join(" -> ", farthest.Path)}";
    }
}
