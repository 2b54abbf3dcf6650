using System.Collections.Immutable;

namespace Millrace.Core.Journal;

/// <summary>Puts together what several nodes keep: every entry is on more than one, and a node that was down lacks some.</summary>
public static class History
{
    /// <summary>Newest first, each with its entries in the order of the plan.</summary>
    /// <param name="holding">The apply that holds the lock now; null when none does.</param>
    public static ImmutableArray<JournalApply> Merge(
        IEnumerable<JournalApply> applies, IEnumerable<JournalEntry> entries, string? holding, int limit)
    {
        var merged = entries
            .GroupBy(entry => (entry.ApplyId, entry.Step, entry.Node))
            .Select(copies => copies.MaxBy(copy => Finality(copy.Outcome))!)
            .ToLookup(entry => entry.ApplyId, StringComparer.Ordinal);
        return
        [
            .. applies
                .GroupBy(apply => apply.Info.Id, StringComparer.Ordinal)
                .Select(copies => copies.MaxBy(copy => Finality(copy.Outcome))!)
                .OrderByDescending(apply => apply.Info.Id, StringComparer.Ordinal)
                .Take(limit)
                .Select(apply => Finish(apply, merged[apply.Info.Id], apply.Info.Id == holding)),
        ];
    }

    /// <summary>A killed apply has no end in the journal: without the lock it cannot be running any more.</summary>
    private static JournalApply Finish(JournalApply apply, IEnumerable<JournalEntry> entries, bool holdsLock)
    {
        var killed = apply.Outcome == EntryOutcome.Started && !holdsLock;
        var ordered = entries.OrderBy(entry => entry.Step).ThenBy(entry => entry.Node, StringComparer.Ordinal);
        return apply with
        {
            Outcome = killed ? EntryOutcome.Interrupted : apply.Outcome,
            IsRunning = apply.Outcome == EntryOutcome.Started && holdsLock,
            Entries = [.. ordered.Select(entry => entry.Outcome == EntryOutcome.Started && !holdsLock
                ? entry with { Outcome = EntryOutcome.Interrupted }
                : entry)],
        };
    }

    private static int Finality(EntryOutcome outcome) => outcome == EntryOutcome.Started ? 0 : 1;
}
