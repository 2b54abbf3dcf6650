namespace Millrace.Core.Journal;

/// <summary>How far something in the journal got.</summary>
public enum EntryOutcome
{
    /// <summary>Written before anything ran; when it stays the last word, the process was killed.</summary>
    Started,

    Done,

    Failed,

    /// <summary>Not tried, because something it builds on failed.</summary>
    Skipped,

    /// <summary>Stopped by a person or a lost lock; whether the statement that ran took effect is what the next plan tells.</summary>
    Interrupted,
}
