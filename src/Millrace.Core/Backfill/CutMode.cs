namespace Millrace.Core.Backfill;

/// <summary>How a backfill finds the instant that divides old rows from live ones.</summary>
public enum CutMode
{
    /// <summary>A quiet moment, and a pause where none is found.</summary>
    Auto,

    /// <summary>Only a moment in which no INSERT into the source runs; consumers are never touched.</summary>
    Quiet,

    /// <summary>The consumers of the stream pause until the cut is made.</summary>
    Pause,

    /// <summary>A column with the time of arrival tells old rows from live ones; nothing needs to rest.</summary>
    IngestTime,

    /// <summary>No cut at all. It loses and doubles rows; the bench shows that it notices.</summary>
    None,
}
