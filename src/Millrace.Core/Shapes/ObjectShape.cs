using System.Collections.Immutable;

namespace Millrace.Core.Shapes;

/// <summary>
/// What one ClickHouse object is, as a server tells it. Declared objects are read back from the lab and observed ones
/// from the nodes by the same query, so that equal things have equal shapes.
/// </summary>
public sealed record ObjectShape
{
    public required ObjectName Name { get; init; }

    /// <summary><c>system.tables.engine</c>: MergeTree, Kafka, Distributed, MaterializedView, View, Dictionary, ...</summary>
    public required string Engine { get; init; }

    /// <summary>Engine with arguments, keys, TTL and settings.</summary>
    public string EngineFull { get; init; } = "";

    /// <summary>Column order is part of the shape: <c>SELECT *</c> and positional inserts follow it.</summary>
    public ImmutableArray<ColumnShape> Columns { get; init; } = [];

    /// <summary>The SELECT of a view; empty otherwise.</summary>
    public string AsSelect { get; init; } = "";

    /// <summary>The table a materialized view writes to.</summary>
    public ObjectName? Target { get; init; }

    public string Comment { get; init; } = "";

    /// <summary>The whole definition. Two shapes that agree in everything above may still differ here (indices, projections, constraints).</summary>
    public string CreateQuery { get; init; } = "";

    public bool Equals(ObjectShape? other) =>
        other is not null && Name == other.Name && Engine == other.Engine && EngineFull == other.EngineFull
        && Columns.SequenceEqual(other.Columns) && AsSelect == other.AsSelect && Target == other.Target
        && Comment == other.Comment && CreateQuery == other.CreateQuery;

    public override int GetHashCode() => HashCode.Combine(Name, CreateQuery, Comment);
}
