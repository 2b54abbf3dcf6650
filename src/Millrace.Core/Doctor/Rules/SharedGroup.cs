using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Two tables of one consumer group share the messages: each gets only a part of them.</summary>
internal static class SharedGroup
{
    public const string Code = "MR267";

    public static DoctorRule Rule { get; } = new(Code, "tables share a consumer group", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts)
    {
        var readers =
            from node in facts.Nodes
            from table in node.KafkaTables
            from topic in table.Topics
            group (Node: node.Node.Name, Table: table) by (Broker: BrokerKey(facts, table), topic, table.Group);
        foreach (var stream in readers)
        {
            var tables = stream.Select(r => r.Table).DistinctBy(t => t.Name).OrderBy(t => t.Name).ToList();
            if (tables.Count < 2)
                continue;
            var names = string.Join(" and ", tables.Select(t => $"`{t.Name}`{(t.Mark is null ? " (made by hand)" : "")}"));
            foreach (var node in stream.Select(r => r.Node).Distinct(StringComparer.Ordinal))
                yield return Finding.Error(
                    Code,
                    $"group `{stream.Key.Group}` of topic `{stream.Key.topic}` is read by {names}: each gets only a part of the messages",
                    fix: "give one of them a group of its own, or drop the one that should not be there").On(node);
        }
    }

    private static string BrokerKey(DoctorFacts facts, LiveKafkaTable table) =>
        facts.BrokerOf(table) is { } broker
            ? facts.FindBroker(broker.Name)?.ClusterId ?? broker.Name
            : table.Collection ?? table.BrokerList;
}
