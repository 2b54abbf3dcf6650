using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>What the consumers of a node last complained about.</summary>
internal static class ConsumerErrors
{
    public const string Code = "MR259";

    /// <summary>What librdkafka says of REBALANCE_IN_PROGRESS, ILLEGAL_GENERATION and UNKNOWN_MEMBER_ID, and ClickHouse when it gives up.</summary>
    private static readonly string[] OfRefusedCommits =
        ["Group rebalance in progress", "Specified group generation id is not valid", "Unknown member", "CANNOT_COMMIT_OFFSET"];

    public static DoctorRule Rule { get; } = new(Code, "consumers report errors", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.Consumers is not null
        from consumer in node.Consumers!.Value
        let last = consumer.Errors.Where(error => IsWorthTelling(error, consumer, node.Seen.ServerTime, facts.Limits)).MaxBy(error => error.At)
        where last is not null
        group last by (node.Node.Name, consumer.Table, Error: FirstLine.Of(last.Text)) into errors
        select Finding.Warning(
            Code,
            $"`{errors.Key.Table}` at {errors.Max(error => error.At):HH:mm:ss} UTC: {errors.Key.Error}",
            fix: "the text is the broker's or the insert's own; all of them: SELECT exceptions FROM system.kafka_consumers").On(errors.Key.Name);

    private static bool IsWorthTelling(ConsumerError error, ConsumerState consumer, DateTimeOffset? now, DoctorLimits limits) =>
        now - error.At <= limits.RecentError && !(IsRefusedCommit(error) && HasSettled(error, consumer, now, limits));

    private static bool IsRefusedCommit(ConsumerError error) =>
        OfRefusedCommits.Any(words => error.Text.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// A commit that was refused, as in a rebalance, loses nothing: whoever has the partition then reads the block again. Groups that do not come
    /// to rest are <see cref="Rebalancing"/>'s.
    /// </summary>
    private static bool HasSettled(ConsumerError error, ConsumerState consumer, DateTimeOffset? now, DoctorLimits limits) =>
        consumer.LastCommit >= error.At || consumer.LastRebalance >= error.At || now - error.At <= limits.RebalanceSettles;
}
