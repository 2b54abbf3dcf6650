using System.Text;
using Millrace.Core.Lineage;

namespace Millrace.Cli.Output;

/// <summary>A graph as a Mermaid flowchart, one box a role.</summary>
internal static class LineageMermaid
{
    public static string Of(LineageGraph graph, Selection? selection, IReadOnlySet<string>? damaged = null)
    {
        var ids = graph.Nodes.Select((node, i) => (node.Id, Short: $"n{i}")).ToDictionary(pair => pair.Id, pair => pair.Short, StringComparer.Ordinal);
        var chosen = selection?.Nodes.Select(node => node.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        var text = new StringBuilder("flowchart LR\n");
        foreach (var role in graph.Nodes.GroupBy(node => node.Role).Select((nodes, i) => (Nodes: nodes, Number: i)))
        {
            var inRole = role.Nodes.Key.Length > 0;
            if (inRole)
                text.Append($"  subgraph r{role.Number}[\"{Escape(role.Nodes.Key)}\"]\n");
            foreach (var node in role.Nodes)
                text.Append($"  {(inRole ? "  " : "")}{ids[node.Id]}{Shape(node)}{Class(node)}\n");
            if (inRole)
                text.Append("  end\n");
        }

        foreach (var edge in graph.Edges)
            text.Append($"  {ids[edge.From]} {Arrow(edge)} {ids[edge.To]}\n");
        return text.Append("  classDef chosen stroke-width:3px\n  classDef damaged fill:#fdd,stroke:#c00\n").ToString();

        string Class(LineageNode node) =>
            node.Fault is not null || damaged?.Contains(node.Name) == true ? ":::damaged" : chosen.Contains(node.Id) ? ":::chosen" : "";
    }

    private static string Shape(LineageNode node)
    {
        var label = $"\"{Escape(node.Name)}<br/><small>{Escape(LineageWords.Of(node))}</small>\"";
        return node.Kind switch
        {
            NodeKind.Topic => $"([{label}])",
            NodeKind.Storage => $"[({label})]",
            NodeKind.View or NodeKind.Refreshable or NodeKind.Query => $"[/{label}/]",
            NodeKind.Dictionary => $"{{{{{label}}}}}",
            _ => $"[{label}]",
        };
    }

    private static string Arrow(LineageEdge edge) => edge.Kind switch
    {
        EdgeKind.Trigger => "==>",
        EdgeKind.Direct => "-->",
        EdgeKind.Remote => "-->|remote|",
        EdgeKind.Lookup => "-.->|lookup|",
        _ => "-.->",
    };

    private static string Escape(string text) =>
        text.Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "#lt;", StringComparison.Ordinal);
}
