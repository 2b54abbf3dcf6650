using System.Text.Json.Nodes;

namespace Millrace.Bench.Propdefs;

/// <summary>What one way took.</summary>
/// <param name="Upserts">Rows that were sent to Postgres as an upsert.</param>
/// <param name="LockSeconds">Seconds that sessions waited for each other's rows, all of them together.</param>
/// <param name="Deadlocks">Transactions that Postgres ended because they waited for each other.</param>
/// <param name="Seconds">From the first message read to the last offset committed; null when that took too long to wait for.</param>
/// <param name="Rows">In the table in the end.</param>
/// <param name="Content">A hash of all of them.</param>
internal sealed record WayFigures(long Upserts, double LockSeconds, long Deadlocks, double? Seconds, long Rows, string Content)
{
    public JsonObject ToJson() => new()
    {
        ["upserts"] = Upserts,
        ["lock_wait_s"] = Math.Round(LockSeconds, 2),
        ["deadlocks"] = Deadlocks,
        ["drain_s"] = Seconds is { } seconds ? Math.Round(seconds, 1) : null,
        ["rows"] = Rows,
    };
}
