using System.Text;
using Millrace.Core.Lineage;

namespace Millrace.Cli.Output;

/// <summary>A graph in Graphviz's language, one cluster a role.</summary>
internal static class LineageDot
{
    public static string Of(LineageGraph graph)
    {
        var text = new StringBuilder("digraph lineage {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=10];\n  edge [fontname=\"sans-serif\", fontsize=8];\n");
        foreach (var role in graph.Nodes.GroupBy(node => node.Role).Select((nodes, i) => (Nodes: nodes, Number: i)))
        {
            var inRole = role.Nodes.Key.Length > 0;
            if (inRole)
                text.Append($"  subgraph cluster_{role.Number} {{\n    label={Text(role.Nodes.Key)};\n");
            foreach (var node in role.Nodes)
                text.Append($"    {Text(node.Id)} [label={Text($"{node.Name}\n{LineageWords.Of(node)}")}{(node.Fault is null ? "" : ", color=red")}];\n");
            if (inRole)
                text.Append("  }\n");
        }

        foreach (var edge in graph.Edges)
            text.Append($"  {Text(edge.From)} -> {Text(edge.To)} [label={LineageWords.Of(edge.Kind)}{Style(edge.Kind)}];\n");
        return text.Append("}\n").ToString();
    }

    private static string Style(EdgeKind kind) => kind switch
    {
        EdgeKind.Trigger => ", penwidth=2",
        EdgeKind.Lookup or EdgeKind.Indirect => ", style=dashed",
        _ => "",
    };

    private static string Text(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
