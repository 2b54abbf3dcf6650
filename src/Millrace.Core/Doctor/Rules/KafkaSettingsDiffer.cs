using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Kafka settings that live only on nodes are lost with them.</summary>
internal static class KafkaSettingsDiffer
{
    public const string Code = "MR265";

    public static DoctorRule Rule { get; } = new(Code, "Kafka tables are not as declared", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts)
    {
        var naming = new Naming(facts.Project);
        return from pipeline in facts.Project.Pipelines
               from leg in pipeline.Legs
               let declared = Declared(facts.Project.Fleet, leg)
               from node in facts.NodesOf(pipeline.Role)
               from table in node.KafkaTables
               where table.Name == naming.Kafka(pipeline, leg)
               from difference in Differences(declared, table)
               select Finding.Warning(
                   Code,
                   $"`{table.Name}`: {difference}",
                   facts.Project.Sources.Find($"{pipeline.Path}.legs[{pipeline.Legs.IndexOf(leg)}]"),
                   "write it into the leg, or bring the node back with `millrace apply`").On(node.Node.Name);
    }

    private static Dictionary<string, string> Declared(Fleet fleet, Leg leg)
    {
        var settings = LegSettings.Of(leg).ToDictionary(StringComparer.Ordinal);
        settings["collection"] = fleet.FindBroker(leg.Broker)?.Collection ?? "";
        settings["kafka_topic_list"] = leg.Topic;
        settings["kafka_group_name"] = leg.Group;
        settings["kafka_format"] = leg.Format;
        return settings;
    }

    private static IEnumerable<string> Differences(Dictionary<string, string> declared, LiveKafkaTable table)
    {
        foreach (var (name, value) in declared.OrderBy(s => s.Key, StringComparer.Ordinal))
            if (!table.Settings.TryGetValue(name, out var live))
                yield return $"{name} is not set, declared {value}";
            else if (Plain(live) != Plain(value))
                yield return $"{name} is {live}, declared {value}";
        foreach (var (name, live) in table.Settings)
            if (!declared.ContainsKey(name))
                yield return $"{name} = {live} lives only on the node: one that replaces it will not have it";
    }

    private static string Plain(string value) => value switch
    {
        "true" => "1",
        "false" => "0",
        _ => value,
    };
}
