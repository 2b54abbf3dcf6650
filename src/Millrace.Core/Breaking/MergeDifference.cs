namespace Millrace.Core.Breaking;

/// <summary>What an engine showed of a table whose rows it merges, before a change and after it.</summary>
public sealed record MergeDifference(MergeOutcome Outcome, ObjectRef Table)
{
    public string? Column { get; init; }

    /// <summary>A value or a number of rows, as it should be.</summary>
    public string Before { get; init; } = "";

    public string After { get; init; } = "";

    public EngineFault? Fault { get; init; }
}
