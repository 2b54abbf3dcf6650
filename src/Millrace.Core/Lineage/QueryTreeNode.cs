using System.Collections.Immutable;

namespace Millrace.Core.Lineage;

/// <summary>One line of <c>EXPLAIN QUERY TREE</c> with everything that is indented below it.</summary>
/// <param name="Text">The line without its indentation, such as <c>COLUMN id: 4, column_name: a, result_type: Int64, source_id: 5</c>.</param>
public sealed record QueryTreeNode(string Text, ImmutableArray<QueryTreeNode> Children)
{
    private const string IdMark = " id: ";

    /// <summary>What the line is: <c>QUERY</c>, <c>COLUMN</c>, or the title of a section such as <c>JOIN TREE</c>.</summary>
    public string Word => Text.IndexOf(IdMark, StringComparison.Ordinal) is var at and >= 0 ? Text[..at] : Text.TrimEnd();

    /// <summary>The engine's number of the node; empty for sections. One node may stand in several places.</summary>
    public string Id => Text.IndexOf(IdMark, StringComparison.Ordinal) is var at and >= 0 ? Text[(at + IdMark.Length)..].Split(',', 2)[0] : "";

    /// <summary>The node and everything below it.</summary>
    public IEnumerable<QueryTreeNode> All()
    {
        var open = new Stack<QueryTreeNode>([this]);
        while (open.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Length - 1; i >= 0; i--)
                open.Push(node.Children[i]);
        }
    }

    /// <summary>The nodes of a section; empty when there is no such section.</summary>
    public ImmutableArray<QueryTreeNode> Section(string title) =>
        Children.FirstOrDefault(child => child.Id.Length == 0 && child.Word == title)?.Children ?? [];

    /// <summary>The items of the list in a section.</summary>
    public ImmutableArray<QueryTreeNode> Items(string title) =>
        Section(title) is [{ Word: "LIST" } list] ? list.Children : Section(title);

    /// <summary>A property that ends where the next one of the same line begins.</summary>
    /// <param name="next">Names of the properties that may follow; values hold commas themselves.</param>
    public string? Property(string name, params ReadOnlySpan<string> next)
    {
        var mark = $", {name}: ";
        var start = Text.IndexOf(mark, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += mark.Length;
        var end = Text.Length;
        foreach (var other in next)
            if (Text.LastIndexOf($", {other}: ", StringComparison.Ordinal) is var at && at >= start && at < end)
                end = at;
        return Text[start..end];
    }
}
