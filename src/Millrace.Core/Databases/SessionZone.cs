namespace Millrace.Core.Databases;

/// <summary>Whose clock Postgres means where a time comes without a zone, as ClickHouse writes it.</summary>
/// <param name="Postgres">How far the wall clock of its sessions is ahead of UTC today.</param>
/// <param name="Node">The same of the ClickHouse node.</param>
public sealed record SessionZone(TimeSpan Postgres, TimeSpan Node)
{
    /// <summary>Zones differ by quarters of an hour; two clocks that are set differ by less than this.</summary>
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15), Skew = TimeSpan.FromMinutes(2);

    /// <param name="wallClock">The wall clock of a session of Postgres just now, read as if it were the node's.</param>
    /// <returns>Null where the clocks of both servers are too far apart to tell.</returns>
    public static SessionZone? Of(TimeSpan wallClock, TimeSpan node)
    {
        var quarters = Math.Round(wallClock / Quarter);
        return (wallClock - (quarters * Quarter)).Duration() > Skew ? null : new SessionZone((quarters * Quarter) + node, node);
    }

    /// <summary>By how much a time of a column is stored too early; null where the column's zone is not known here.</summary>
    public TimeSpan? TooEarly(string type)
    {
        if (!type.Contains("DateTime", StringComparison.Ordinal))
            return null;
        var parts = type.Split('\'');
        return parts.Length < 2 ? Postgres - Node : parts[1] is "UTC" or "Etc/UTC" ? Postgres : null;
    }
}
