using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Breaking;

/// <summary>What the same rows did before a change and do no more after it.</summary>
/// <param name="Where">The table that the rows were inserted into or read from.</param>
public sealed record ProbeDifference(ProbeOutcome Outcome, ObjectRef Where)
{
    /// <summary>The column whose values differ.</summary>
    public string? Column { get; init; }

    /// <summary>A value, a number of rows, or what happened, before.</summary>
    public string Before { get; init; } = "";

    public string After { get; init; } = "";

    /// <summary>True when nothing happened but that empty values became NULL.</summary>
    public bool IsOnlyNull { get; init; }

    /// <summary>The statement after which it was seen first; null where that was not looked for.</summary>
    public SourceRef? At { get; init; }

    public EngineFault? Fault { get; init; }

    /// <summary>The tables whose rows were inserted.</summary>
    public ImmutableArray<ObjectRef> Entries { get; init; } = [];
}
