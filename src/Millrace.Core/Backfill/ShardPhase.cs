namespace Millrace.Core.Backfill;

/// <summary>How far one shard of a backfill is. Each is stored once all that its name says is true.</summary>
public enum ShardPhase
{
    Planned,

    /// <summary>The cut is being made; a crash in here undoes it and tries again.</summary>
    Cutting,

    /// <summary>Old rows are in the snapshot, live rows flow into the shadow tables.</summary>
    Cut,

    /// <summary>Every unit is staged and verified.</summary>
    Staged,

    /// <summary>Every unit is in the shadow tables.</summary>
    Published,

    /// <summary>The shadow tables hold what the sources hold.</summary>
    Reconciled,

    /// <summary>The shadow tables have taken the targets' place.</summary>
    Swapped,

    /// <summary>Nothing of the backfill is left on the node.</summary>
    Cleaned,

    /// <summary>Given up; nothing of it is left on the node.</summary>
    Cancelled,
}
