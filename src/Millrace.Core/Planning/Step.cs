using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>One change to one object, the same on each of its nodes.</summary>
public sealed record Step
{
    public required StepAction Action { get; init; }

    public required ObjectName Object { get; init; }

    /// <summary>What declares (or declared) the object, such as <c>pipelines/events</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>Other owners whose tables this step's views write to: what holds those back holds this back.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    public required string Role { get; init; }

    public required Phase Phase { get; init; }

    /// <summary>Steps of a phase with a smaller order are done on a node before those with a greater one.</summary>
    public int Order { get; init; }

    public required Risk Risk { get; init; }

    /// <summary>Why, in a few words, such as <c>missing</c> or <c>column mat_browser added</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>False where a stream begins to read as another consumer group, which has offsets of its own.</summary>
    public bool KeepsOffsets() => !Reason.Contains(LegPlanner.OtherGroup, StringComparison.Ordinal);

    public SourceRef? At { get; init; }

    /// <summary>Run one after the other on each node.</summary>
    public required ImmutableArray<string> Statements { get; init; }

    /// <summary>Names of the nodes that need it.</summary>
    public required ImmutableArray<string> Nodes { get; init; }

    /// <summary>True when at most one node at a time may be without its object.</summary>
    public bool OneNodeAtATime { get; init; }

    /// <summary>What each node had when the plan was made; a stored plan is refused when that has changed.</summary>
    public required ImmutableArray<Expectation> Before { get; init; }

    /// <summary>What reading back must find on each node.</summary>
    public required ImmutableArray<Expectation> Expect { get; init; }
}
