using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>A group that keeps being shared out anew reads little and repeats a lot.</summary>
internal static class Rebalancing
{
    public const string Code = "MR258";

    public static DoctorRule Rule { get; } = new(Code, "consumer groups do not come to rest", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts)
    {
        foreach (var node in facts.Nodes.Where(n => n.Consumers is not null && n.Seen.Uptime >= facts.Limits.GroupsSettle))
            foreach (var table in node.Consumers!.Value.GroupBy(c => c.Table))
            {
                var most = table.Max(c => c.Rebalances);
                var since = node.Seen.ServerTime - table.Max(c => c.LastRebalance);
                if (since is null || since > facts.Limits.RecentRebalance || most < facts.Limits.LeastRebalances || most <= facts.Limits.RebalancesPerHour * node.Seen.Uptime.TotalHours)
                    continue;
                yield return Finding.Warning(
                    Code,
                    $"`{table.Key}`: {most} rebalances in {Lasting.Of(node.Seen.Uptime)}, the last one {Lasting.Of(since.Value)} ago",
                    fix: "flushes that take longer than `max.poll.interval.ms` are the usual cause: smaller `kafka_max_block_size`, or faster views and shards")
                    .On(node.Node.Name);
            }
    }
}
