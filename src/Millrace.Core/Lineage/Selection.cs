using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Lineage;

/// <summary>What a user means by <c>TABLE</c> or <c>TABLE.COLUMN</c>: objects of that name on all roles, and maybe a column of them.</summary>
/// <param name="Column">Null when the objects as a whole are meant.</param>
public sealed record Selection(ImmutableArray<LineageNode> Nodes, string? Column)
{
    /// <summary>Null when nothing is called so.</summary>
    public static Selection? Find(LineageGraph graph, string text)
    {
        if (Named(graph, text) is { IsEmpty: false } whole)
            return new Selection(whole, null);
        // Column names hold dots too: the longest name of a table wins.
        for (var dot = text.LastIndexOf('.'); dot > 0; dot = text.LastIndexOf('.', dot - 1))
            if (Named(graph, text[..dot]).Where(node => node.Column(text[(dot + 1)..]) is not null).ToImmutableArray() is { IsEmpty: false } holders)
                return new Selection(holders, text[(dot + 1)..]);
        return null;
    }

    /// <summary>The nearest name that there is; null when none is near.</summary>
    public static string? Suggest(LineageGraph graph, string text)
    {
        var names = graph.Nodes.SelectMany(node => new[] { node.Name, Short(node) });
        var columns = graph.Nodes.Where(node => text.StartsWith($"{node.Name}.", StringComparison.Ordinal) || text.StartsWith($"{Short(node)}.", StringComparison.Ordinal))
            .SelectMany(node => node.Columns.SelectMany(column => new[] { $"{node.Name}.{column.Name}", $"{Short(node)}.{column.Name}" }));
        return DidYouMean.Suggest(text, columns.Concat(names).Distinct(StringComparer.Ordinal));
    }

    /// <summary>By id, by full name, or by the name alone.</summary>
    private static ImmutableArray<LineageNode> Named(LineageGraph graph, string text)
    {
        var plain = text.Replace("`", "", StringComparison.Ordinal);
        foreach (var by in new Func<LineageNode, string>[] { node => node.Id, node => node.Name, Short })
            if (graph.Nodes.Where(node => by(node) == plain).ToImmutableArray() is { IsEmpty: false } found)
                return found;
        return [];
    }

    private static string Short(LineageNode node) =>
        node.Kind == NodeKind.Topic ? node.Name : node.Name[(node.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
