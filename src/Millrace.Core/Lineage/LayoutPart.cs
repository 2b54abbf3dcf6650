using System.Collections.Immutable;

namespace Millrace.Core.Lineage;

/// <summary>Nodes that hang together, layer by layer from left to right, each from top to bottom.</summary>
public sealed record LayoutPart(ImmutableArray<ImmutableArray<LayoutItem>> Layers);
