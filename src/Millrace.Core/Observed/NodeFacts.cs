using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Observed;

/// <summary>What a change on this node has to respect: rows, unfinished mutations, inserts that wait to be sent.</summary>
public sealed record NodeFacts
{
    /// <summary>Tables that hold rows of their own; a table that is not here is empty or stores nothing.</summary>
    public ImmutableDictionary<ObjectName, TableSize> Sizes { get; init; } = ImmutableDictionary<ObjectName, TableSize>.Empty;

    public ImmutableArray<PendingMutation> Mutations { get; init; } = [];

    /// <summary>Distributed tables with rows that wait on this node's disk; lost if the node is.</summary>
    public ImmutableArray<WaitingInserts> Waiting { get; init; } = [];
}
