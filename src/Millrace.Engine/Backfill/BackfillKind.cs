namespace Millrace.Engine.Backfill;

/// <summary>What an entry of a backfill's record is about.</summary>
public enum BackfillKind
{
    /// <summary>The job itself; its data is its definition.</summary>
    Job,

    /// <summary>What somebody asked of it: run, pause or cancel.</summary>
    Control,

    /// <summary>A shard; its data is the generation of its cut.</summary>
    Shard,

    Unit,

    /// <summary>A cut by time of arrival; its data is the instant, in seconds since 1970.</summary>
    Instant,

    /// <summary>What a target and its views were like when the job began; its data is a hash of that.</summary>
    Shape,

    /// <summary>Before a cut whose old rows are read from the topics: where the live groups were.</summary>
    Committed,

    /// <summary>Reading the topics again; its data counts the attempts.</summary>
    Replay,

    /// <summary>Every staged part was found in the new tables, once: from here on they merge, and are not known again.</summary>
    Counted,

    /// <summary>
    /// The exchange of tables. Begun: its data is when, in microseconds since 1970; clear: no INSERT started meanwhile; looked: its
    /// data is what is wrong, empty for nothing.
    /// </summary>
    Exchange,

    /// <summary>A target; its data is the id of the table that it was before.</summary>
    Target,

    /// <summary>Consumers of an ingestion node that were stopped.</summary>
    Pause,
}
