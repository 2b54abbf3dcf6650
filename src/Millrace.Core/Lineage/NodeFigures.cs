namespace Millrace.Core.Lineage;

/// <summary>What the nodes of a role tell of an object, summed over them.</summary>
/// <param name="OnNodes">Nodes that hold it.</param>
/// <param name="OfNodes">Nodes of the role that answered.</param>
public sealed record NodeFigures(int OnNodes, int OfNodes)
{
    /// <summary>Rows on disk; null for what keeps none.</summary>
    public long? Rows { get; init; }

    /// <summary>Compressed bytes on disk.</summary>
    public long? Bytes { get; init; }

    /// <summary>Active parts.</summary>
    public long? Parts { get; init; }

    /// <summary>The most parts that one partition has on any node: inserts are slowed down and refused by this number.</summary>
    public long? PartsInPartition { get; init; }
}
