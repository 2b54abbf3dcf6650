using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Lineage;

/// <summary>One thing that holds, moves or shows data: an object on the nodes of one role, or a topic.</summary>
/// <param name="Id">Unique in a graph: <c>role/database.name</c>, or <c>topic/broker/name</c>.</param>
/// <param name="Name">As it is written in SQL, or the topic's name.</param>
/// <param name="Role">Empty for what is outside of the fleet.</param>
public sealed record LineageNode(string Id, string Name, string Role, NodeKind Kind)
{
    /// <summary>ClickHouse's name of the engine; of a topic, its broker.</summary>
    public string Engine { get; init; } = "";

    public ImmutableArray<LineageColumn> Columns { get; init; } = [];

    /// <summary>Where it is declared; null for what only the nodes know.</summary>
    public SourceRef? At { get; init; }

    /// <summary>Why its definition does not work, or could not be read whole; null when all is well.</summary>
    public string? Fault { get; init; }

    /// <summary>What is measured of it on live nodes; null without a fleet.</summary>
    public NodeFigures? Figures { get; init; }

    public LineageColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);
}
