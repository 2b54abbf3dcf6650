using Millrace.Core.Findings;
using Millrace.Core.Lineage;

namespace Millrace.Cli.Output;

/// <summary>What kinds of nodes and edges are called, everywhere alike.</summary>
internal static class LineageWords
{
    public static string Of(EdgeKind kind) => kind.ToString().ToLowerInvariant();

    public static string Of(LineageNode node) => node.Kind switch
    {
        NodeKind.Topic => "topic",
        NodeKind.View => "view",
        NodeKind.Refreshable => "refreshable view",
        NodeKind.Query => "query",
        NodeKind.Dictionary => "dictionary",
        _ => node.Engine,
    };

    /// <summary>What is measured at a node and on the edge that leads to it; empty without a fleet.</summary>
    public static string Measured(LineageNode node, EdgeFigures? edge) =>
        string.Join(", ", new[] { edge is null ? "" : Measured(edge), node.Figures is null ? "" : Measured(node.Figures) }.Where(text => text.Length > 0));

    public static string Measured(EdgeFigures edge)
    {
        var words = new List<string>();
        if (edge.Lag is { } lag)
            words.Add($"lag {Figures.Count(lag)}");
        if (edge.RowsPerSecond is { } speed)
            words.Add($"{Figures.Count((long)Math.Round(speed))} rows/s");
        if (edge.Waiting > 0)
            words.Add($"{Counted.Of((int)edge.Waiting, "file")} waiting");
        if (edge.Failures > 0)
            words.Add($"{Counted.Of((int)edge.Failures, "failure")} in 10 min");
        return string.Join(", ", words);
    }

    private static string Measured(NodeFigures figures)
    {
        var words = new List<string>();
        if (figures.Rows is { } rows)
            words.Add($"{Figures.Count(rows)} rows in {Counted.Of((int)(figures.Parts ?? 0), "part")}");
        if (figures.OnNodes < figures.OfNodes)
            words.Add($"on {figures.OnNodes} of {Counted.Of(figures.OfNodes, "node")}");
        return string.Join(", ", words);
    }

    /// <summary>Trouble in one line; null where there is none.</summary>
    public static string? Trouble(LineageNode node, EdgeFigures? edge)
    {
        var text = node.Fault ?? (edge is { LastError.Length: > 0 } ? edge.LastError : null);
        return text is null ? null : text.Split('\n')[0] is var line && line.Length > 160 ? $"{line[..160]}..." : line;
    }
}
