namespace Millrace.Engine.Backfill;

/// <summary>Somebody asked the backfill to pause or to be cancelled; everything under way has ended.</summary>
public sealed class BackfillStoppedException(BackfillControl control) : Exception($"the backfill was asked to {control.ToString().ToLowerInvariant()}")
{
    public BackfillControl Control { get; } = control;
}
