namespace Millrace.Core.Locking;

/// <summary>
/// How long a lock outlives its holder, and when the holder stops by itself: it stops starting statements at half of
/// the time after which others may take over, so that they never both run, and clocks may differ by the other half.
/// </summary>
public sealed record LeaseTiming(TimeSpan Duration)
{
    public static LeaseTiming Default { get; } = new(TimeSpan.FromSeconds(15));

    public TimeSpan RenewEvery => Duration / 5;

    /// <summary>No statement starts when the last renewal is older.</summary>
    public TimeSpan StopAfter => Duration / 2;

    /// <summary>For one request to the store: a hanging one must leave time for another try.</summary>
    public TimeSpan RequestTimeout => Duration / 5;
}
