using System.Collections.Immutable;

namespace Millrace.Core.Journal;

/// <summary>One apply as the journal tells it.</summary>
/// <param name="Outcome">Started when it has no end in the journal.</param>
/// <param name="Steps">Steps times their nodes.</param>
public sealed record JournalApply(
    ApplyInfo Info, EntryOutcome Outcome, string Error, int Steps, DateTimeOffset StartedAt, TimeSpan Took)
{
    /// <summary>The entries that were asked for, in the order of the plan.</summary>
    public ImmutableArray<JournalEntry> Entries { get; init; } = [];

    /// <summary>True while it holds the lock.</summary>
    public bool IsRunning { get; init; }

    public int Count(EntryOutcome outcome) => Entries.Count(entry => entry.Outcome == outcome);
}
