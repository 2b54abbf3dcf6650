using Millrace.Engine.Nodes;

namespace Millrace.ClickHouse.Http;

/// <summary>Which failures are worth a second try, and how long to wait before it.</summary>
internal static class RetryPolicy
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>True only for failures that pass, and only when a second run cannot do harm.</summary>
    public static bool Allows(Exception error, StatementOptions options) => error switch
    {
        NodeUnreachableException gone => gone.IsTransient && (options.Idempotent || !gone.MayHaveRun),
        ServerErrorException server => server.IsTransient && (options.Idempotent || server.SurelyNotRun),
        _ => false,
    };

    /// <summary>Doubles with each attempt; half of it is random, so that a fleet's retries do not arrive together.</summary>
    /// <param name="attempt">Counts from 0.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, double chance)
    {
        var full = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, attempt));
        return TimeSpan.FromMilliseconds(full * (0.5 + (chance / 2)));
    }
}
