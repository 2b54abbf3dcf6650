namespace Millrace.Core.Lineage;

/// <summary>Data goes from one node to another. Ids of nodes.</summary>
public sealed record LineageEdge(string From, string To, EdgeKind Kind)
{
    /// <summary>What is measured on it; null without a fleet, and where nothing is measured.</summary>
    public EdgeFigures? Figures { get; init; }
}
