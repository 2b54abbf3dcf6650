using System.Collections.Immutable;

namespace Millrace.Core.Locking;

/// <summary>A lock as it was found.</summary>
/// <param name="Now">The clock of the node that stores it.</param>
/// <param name="Generation">The highest one; 0 when it was never taken.</param>
/// <param name="State">Of the highest generation; null when it was never taken.</param>
/// <param name="Older">Lower generations that are still stored.</param>
public sealed record LeaseView(DateTimeOffset Now, long Generation, LeaseState? State, ImmutableArray<long> Older)
{
    /// <summary>Whoever holds it now; null when it is free.</summary>
    public LeaseState? Live => State is { } state && state.IsLive(Now) ? state : null;

    public static LeaseView Of(DateTimeOffset now, IEnumerable<(long Generation, string State)> stored)
    {
        var all = stored.OrderBy(item => item.Generation).ToArray();
        return all.Length == 0
            ? new LeaseView(now, 0, null, [])
            : new LeaseView(now, all[^1].Generation, LeaseState.Parse(all[^1].State), [.. all[..^1].Select(item => item.Generation)]);
    }
}
