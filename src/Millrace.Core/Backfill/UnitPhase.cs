namespace Millrace.Core.Backfill;

/// <summary>How far one unit of work is on its shard.</summary>
public enum UnitPhase
{
    Pending,

    /// <summary>Staged, and found to hold what it should.</summary>
    Verified,

    Publishing,
    Published,
}
