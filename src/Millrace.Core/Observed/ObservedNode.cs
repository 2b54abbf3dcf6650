using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Core.Observed;

/// <summary>
/// What one node was found to be and to hold. Everything below <see cref="Reason"/> is empty unless it is Ok; the macros are
/// also there when the node was refused after it told them.
/// </summary>
public sealed record ObservedNode
{
    public required Node Node { get; init; }

    public required NodeState State { get; init; }

    /// <summary>Why the node is unreachable or refused; empty when it is Ok.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Such as <c>26.7.2.1</c>.</summary>
    public string Version { get; init; } = "";

    public TimeSpan Uptime { get; init; }

    /// <summary>The server's clock when it answered.</summary>
    public DateTimeOffset ServerTime { get; init; }

    public ImmutableSortedDictionary<string, string> Macros { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Every object outside the system databases. Nodes that hold the same share one dictionary.</summary>
    public ImmutableDictionary<ObjectName, ObjectShape> Objects { get; init; } =
        ImmutableDictionary<ObjectName, ObjectShape>.Empty;

    /// <summary>The fleet's clusters as this node's <c>remote_servers</c> has them.</summary>
    public ImmutableArray<ClusterMember> Clusters { get; init; } = [];

    /// <summary>Names of the named collections; null when the user may not see them.</summary>
    public ImmutableSortedSet<string>? Collections { get; init; }

    /// <summary>
    /// Settings that background work (Kafka consumption) runs with, of those that matter to streams; null when the user
    /// may not see them.
    /// </summary>
    public ImmutableSortedDictionary<string, string>? StreamingSettings { get; init; }

    public bool HasKeeper { get; init; }

    /// <summary>What stands in the way of changes; null unless it was asked for.</summary>
    public NodeFacts? Facts { get; init; }

    /// <summary>The role that the node itself claims (macro <c>hostClusterRole</c>); null when it has no such macro.</summary>
    public string? RoleMacro => Macros.GetValueOrDefault("hostClusterRole");

    /// <summary>True when a row that background work inserts is on storage before the insert returns; null when unknown.</summary>
    public bool? ForegroundInserts => StreamingSettings?.GetValueOrDefault("distributed_foreground_insert") is { } value
        ? value is not ("0" or "false")
        : null;
}
