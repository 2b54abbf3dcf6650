using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Core.Doctor.Rules;

/// <summary>What the consumers of a node last complained about.</summary>
internal static class ConsumerErrors
{
    public const string Code = "MR259";

    /// <summary>What librdkafka says of REBALANCE_IN_PROGRESS, ILLEGAL_GENERATION and UNKNOWN_MEMBER_ID, and ClickHouse when it gives up.</summary>
    private static readonly string[] OfRefusedCommits =
        ["Group rebalance in progress", "Specified group generation id is not valid", "Unknown member", "CANNOT_COMMIT_OFFSET"];

    public static DoctorRule Rule { get; } = new(Code, "consumers report errors", Check);

    private const string Fix = "the text is the broker's or the insert's own; all of them: SELECT exceptions FROM system.kafka_consumers";

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.Consumers is not null
        from consumer in node.Consumers!.Value
        let last = consumer.Errors.Where(error => IsWorthTelling(error, consumer, node.Seen.ServerTime, facts.Limits)).MaxBy(error => error.At)
        where last is not null
        let hasCommitted = consumer.LastCommit > last.At
        let fault = ConsumerFault.Of(facts, consumer.Table, last.Text, hasCommitted || Waiting(facts, node, consumer.Table) == 0)
        group last by (node.Node.Name, consumer.Table, Fault: fault, HasCommitted: hasCommitted) into errors
        let passed = errors.Key.HasCommitted ? " (rows were committed since)" : ""
        select new Finding(
            Code,
            StandsStill(facts, errors.Key.Name, errors.Key.Table, errors.Key.Fault) ? Severity.Error : Severity.Warning,
            $"`{errors.Key.Table}` at {errors.Max(error => error.At):HH:mm:ss} UTC{passed}: {errors.Key.Fault.Text}",
            Fix: errors.Key.Fault.Fix ?? Fix).On(errors.Key.Name);

    /// <summary>The latest error that nothing was committed after; null when there is none.</summary>
    public static ConsumerError? Standing(IEnumerable<ConsumerState> consumers, DateTimeOffset? now, DoctorLimits limits) => consumers
        .SelectMany(consumer => consumer.Errors.Where(error => IsWorthTelling(error, consumer, now, limits) && !(consumer.LastCommit > error.At)))
        .MaxBy(error => error.At);

    /// <summary>Messages wait, and what holds them up is of a moment ago: it is tried every second or so.</summary>
    private static bool StandsStill(DoctorFacts facts, string name, ObjectName table, ConsumerFault fault)
    {
        var node = facts.Nodes.First(other => other.Node.Name == name);
        var consumers = node.Consumers!.Value.Where(consumer => consumer.Table == table).ToList();
        return fault.IsRefusal && Standing(consumers, node.Seen.ServerTime, facts.Limits) is { } last && node.Seen.ServerTime - last.At <= facts.Limits.StaleConsumer
            && Waiting(facts, node, table) > 0;
    }

    private static long Waiting(DoctorFacts facts, NodeVitals node, ObjectName table) =>
        node.KafkaTables.FirstOrDefault(live => live.Name == table) is { } kafka
            ? StalledConsumers.Lag(facts, kafka, [.. node.Consumers!.Value.Where(consumer => consumer.Table == table)])
            : 0;

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
