using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Messages wait, and the consumers that should read them do not poll, or poll and never commit.</summary>
internal static class StalledConsumers
{
    public const string Code = "MR257";

    public static DoctorRule Rule { get; } = new(Code, "consumers stand still while messages wait", Check);

    private const string Fix =
        "look at the last error of the consumer (MR259) and at the insert that blocks; without a view a Kafka table never consumes: `millrace plan`";

    private const string FixOfNone =
        "nothing, for two minutes: a member that left without a word is waited for (`session.timeout.ms`, 45 s by default), and the group then goes on by itself; after that look at MR254, MR259 and the node's log";

    public static IEnumerable<Finding> Check(DoctorFacts facts)
    {
        foreach (var node in facts.Nodes.Where(n => n.Consumers is not null && n.Seen.Uptime > facts.Limits.StaleConsumer))
            foreach (var table in node.KafkaTables)
            {
                var consumers = node.Consumers!.Value.Where(c => c.Table == table.Name).ToList();
                if (consumers.Count == 0 || Lag(facts, table, consumers) is not (> 0 and var lag))
                    continue;
                var waiting = $"{Counted.Of(lag, "message")} wait{Waiting(facts, table.Name)}";
                if (What(facts, node, table.Name, consumers) is { } what)
                    yield return Finding.Error(Code, $"`{table.Name}`: {what}; {waiting}", fix: FixFor(facts, node, table.Name, consumers)).On(node.Node.Name);
                else if (consumers.All(c => c.Partitions == 0) && !HoldsAny(facts, node, table.Name))
                    yield return Finding.Warning(Code, $"`{table.Name}`: no consumer of the group `{table.Group}` holds a partition; {waiting}", fix: FixOfNone).On(node.Node.Name);
            }
    }

    private static string? What(DoctorFacts facts, NodeVitals node, ObjectName table, List<ConsumerState> consumers)
    {
        var now = node.Seen.ServerTime;
        var limit = facts.Limits.StaleConsumer;
        var (poll, commit) = (consumers.Max(c => c.LastPoll), consumers.Max(c => c.LastCommit));
        if (poll is null || now - poll > limit)
        {
            // A node without partitions may rest, as long as another one works.
            var alone = !facts.NodesOf(node.Node.Role).Any(other => Polls(other, table, limit));
            return alone || consumers.Any(c => c.Partitions > 0)
                ? poll is null ? "has never polled" : $"last polled {Lasting.Of(now - poll.Value)} ago"
                : null;
        }

        if (consumers.All(c => c.Partitions == 0) || (commit is not null && now - commit <= limit))
            return null;
        return commit is null ? "polls, and has never committed" : $"polls, and last committed {Lasting.Of(now - commit.Value)} ago";
    }

    private static bool HoldsAny(DoctorFacts facts, NodeVitals node, ObjectName table) =>
        facts.NodesOf(node.Node.Role).Any(other => other.Consumers is null || other.Consumers.Value.Any(c => c.Table == table && c.Partitions > 0));

    private static string Waiting(DoctorFacts facts, ObjectName table) => facts.FedBy(table) is { Length: > 0 } fed
        ? $" for {Named.Of(fed.Select(pipeline => pipeline.Name))}{(fed.Length > 1 ? ", which share the consumption" : "")}"
        : "";

    private static string FixFor(DoctorFacts facts, NodeVitals node, ObjectName table, List<ConsumerState> consumers) =>
        ConsumerErrors.Standing(consumers, node.Seen.ServerTime, facts.Limits) is { } error ? ConsumerFault.Of(facts, table, error.Text).Fix ?? Fix : Fix;

    private static bool Polls(NodeVitals node, ObjectName table, TimeSpan limit) =>
        node.Consumers?.Any(c => c.Table == table && c.LastPoll is { } poll && node.Seen.ServerTime - poll <= limit) == true;

    /// <summary>By the broker where it was asked; else what the consumers themselves know, which stands still when they do.</summary>
    public static long Lag(DoctorFacts facts, LiveKafkaTable table, List<ConsumerState> consumers) =>
        facts.BrokerOf(table) is { } broker && facts.FindBroker(broker.Name) is { } vitals
        && vitals.Lags.Where(lag => lag.Group == table.Group && table.Topics.Contains(lag.Topic)).ToList() is { Count: > 0 } lags
            ? lags.Sum(lag => lag.Messages)
            : consumers.Sum(consumer => consumer.Lag);
}
