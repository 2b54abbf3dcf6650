using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Breaking;

/// <summary>Something that a change breaks, before it is known which line of which file is to blame.</summary>
/// <param name="Code">Stable code; <c>docs/checks/CODE.md</c> explains it.</param>
/// <param name="Message">One sentence with the names and a concrete value.</param>
public sealed record Breakage(string Code, Severity Severity, string Message)
{
    /// <summary>Where the damage is seen.</summary>
    public required ObjectRef Where { get; init; }

    /// <summary>The damaged column; null when whole rows are concerned.</summary>
    public string? Column { get; init; }

    /// <summary>The objects whose change may have caused it, likeliest first.</summary>
    public ImmutableArray<ObjectRef> Causes { get; init; } = [];

    /// <summary>The way the data takes up to the damage and beyond, in the user's names.</summary>
    public string Path { get; init; } = "";

    /// <summary>Further evidence, a line each.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    public string? Fix { get; init; }

    /// <summary>The statement to blame, where it is known without looking for what changed the objects.</summary>
    public SourceRef? At { get; init; }
}
