namespace Millrace.Core.Lineage;

/// <summary>A node in its layer, or the bend of an edge that passes the layer.</summary>
/// <param name="Node">The node, or where the edge comes from.</param>
/// <param name="To">Where the edge goes; empty for a node.</param>
public sealed record LayoutItem(string Node, string To);
