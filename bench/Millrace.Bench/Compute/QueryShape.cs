namespace Millrace.Bench.Compute;

/// <summary>One kind of query whose work splits between query and storage nodes in its own way.</summary>
public sealed record QueryShape(string Name, string Sql)
{
    public static IReadOnlyList<QueryShape> All { get; } =
    [
        new("group_by_high_cardinality", "SELECT user_id, count(), sum(value) AS total FROM b.events GROUP BY user_id ORDER BY total DESC LIMIT 10"),
        new("join", "SELECT country, count(), sum(value) FROM b.events GLOBAL ANY INNER JOIN (SELECT user_id, country FROM b.users) AS u USING (user_id) GROUP BY country"),
        new("order_by_limit", "SELECT user_id, ts, event, value FROM b.events ORDER BY value DESC, ts LIMIT 100"),
        new("window", "SELECT user_id, max(gap) AS longest FROM (SELECT user_id, ts - lagInFrame(ts) OVER (PARTITION BY user_id ORDER BY ts) AS gap FROM b.events WHERE user_id % 10 = 0) GROUP BY user_id ORDER BY longest DESC LIMIT 10"),
        new("uniq", "SELECT event, uniq(user_id), uniqExact(user_id) FROM b.events GROUP BY event"),
        new("point_lookup", "SELECT ts, event, value FROM b.events WHERE user_id = 42 ORDER BY ts"),
    ];
}
