namespace Millrace.Engine.Backfill;

/// <summary>What a person wants of a backfill.</summary>
public enum BackfillControl
{
    Run,
    Pause,
    Cancel,
}
