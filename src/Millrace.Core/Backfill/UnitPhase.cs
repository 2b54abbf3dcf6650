namespace Millrace.Core.Backfill;

/// <summary>How far one unit of work is on its shard.</summary>
public enum UnitPhase
{
    Pending,
    Staged,
    Verified,
    Publishing,
    Published,
}
