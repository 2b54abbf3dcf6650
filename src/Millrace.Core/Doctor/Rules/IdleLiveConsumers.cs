using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>More consumers in the fleet than the topic has partitions: the rest idle.</summary>
internal static class IdleLiveConsumers
{
    public const string Code = "MR252";

    public static DoctorRule Rule { get; } = new(Code, "consumers without a partition", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts)
    {
        var streams =
            from node in facts.Nodes
            from table in node.KafkaTables
            let broker = facts.BrokerOf(table)
            where broker is not null && table.Topics.Length > 0
            group (node, table) by (Broker: broker.Name, Topics: string.Join(',', table.Topics), table.Group);
        foreach (var stream in streams)
        {
            if (facts.FindBroker(stream.Key.Broker) is not { } broker)
                continue;
            var topics = stream.First().table.Topics;
            var partitions = topics.Sum(topic => broker.Topics.GetValueOrDefault(topic));
            var consumers = stream.Sum(place => place.table.Consumers);
            if (partitions == 0 || consumers <= partitions)
                continue;
            foreach (var (node, table) in stream)
                yield return Finding.Warning(
                    Code,
                    $"`{table.Name}`: {Counted.Of(consumers, "consumer")} of the group `{table.Group}` for {Counted.Of(partitions, "partition")} of `{stream.Key.Topics}`: {consumers - partitions} idle",
                    fix: "lower `consumers` of the leg, or give the topic more partitions").On(node.Node.Name);
        }
    }
}
