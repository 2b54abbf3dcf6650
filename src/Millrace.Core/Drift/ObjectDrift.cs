using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Drift;

/// <summary>One object that is not as declared, on all the nodes of a role where it departs in the same way.</summary>
public sealed record ObjectDrift
{
    public required ObjectName Object { get; init; }

    public required string Role { get; init; }

    /// <summary>What declares (or declared) it, such as <c>pipelines/events</c>.</summary>
    public required string Owner { get; init; }

    public required DriftKind Kind { get; init; }

    /// <summary>What differs, in a few words.</summary>
    public required string What { get; init; }

    public required ImmutableArray<string> Nodes { get; init; }

    /// <summary>Nodes of the role that answered and should agree.</summary>
    public required int OfNodes { get; init; }

    /// <summary>What bringing it back would cost; null when no plan does it.</summary>
    public Risk? Risk { get; init; }

    public SourceRef? At { get; init; }

    public ObjectShape? Declared { get; init; }

    public ObjectShape? Observed { get; init; }
}
