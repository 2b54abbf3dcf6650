using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Status;

/// <summary>One node at one time.</summary>
public sealed record NodeStatus
{
    public required Node Node { get; init; }

    public required NodeState State { get; init; }

    /// <summary>Why it is not Ok; empty when it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Since when it has been in this state, as far as this run has seen; null in the first look.</summary>
    public DateTimeOffset? Since { get; init; }

    public string Version { get; init; } = "";

    public TimeSpan Uptime { get; init; }

    /// <summary>The role that the node itself claims; null without the macro or an answer.</summary>
    public string? RoleMacro { get; init; }

    /// <summary>How many objects the declaration puts on this node (those of <c>schema/*.sql</c> are not counted).</summary>
    public int Declared { get; init; }

    /// <summary>Declared objects that the node does not have.</summary>
    public ImmutableArray<ObjectName> Missing { get; init; } = [];

    /// <summary>Rows that wait on this node's disk to be sent to storage.</summary>
    public ImmutableArray<WaitingInserts> Waiting { get; init; } = [];

    public int Present => Declared - Missing.Length;
}
