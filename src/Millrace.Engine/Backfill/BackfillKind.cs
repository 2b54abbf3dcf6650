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

    /// <summary>A target; its data is the id of the table that it was before.</summary>
    Target,

    /// <summary>Consumers of an ingestion node that were stopped.</summary>
    Pause,
}
