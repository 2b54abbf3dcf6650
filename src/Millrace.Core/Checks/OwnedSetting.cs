using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Settings that the compiler writes from other keys must not be given a second time.</summary>
internal static class OwnedSetting
{
    public const string Code = "MR202";

    private static readonly Dictionary<string, string> Instead = new(StringComparer.Ordinal)
    {
        ["kafka_broker_list"] = "the broker's named collection holds it",
        ["kafka_topic_list"] = "write `topic` of the leg",
        ["kafka_group_name"] = "write `group` of the leg",
        ["kafka_format"] = "write `format` of the leg",
        ["kafka_num_consumers"] = "write `consumers` of the leg",
        ["kafka_handle_error_mode"] = "it is always `stream`, and messages that do not parse go to `errors`",
    };

    private static readonly Dictionary<string, string> InsteadOfSink = new(StringComparer.Ordinal)
    {
        ["kafka_broker_list"] = "the broker's named collection holds it",
        ["kafka_topic_list"] = "write `topic` of the sink",
        ["kafka_group_name"] = "a sink consumes nothing",
        ["kafka_format"] = "write `format` of the sink",
        ["kafka_max_rows_per_message"] = "it is always 1: a message has one key",
    };

    public static IEnumerable<Finding> Run(Project project) => OfLegs(project).Concat(OfSinks(project));

    private static IEnumerable<Finding> OfLegs(Project project) =>
        from place in LegPlace.All(project)
        from setting in place.Leg.Settings.Keys
        where Instead.ContainsKey(setting)
        select Finding.Error(Code, $"`{setting}` is not set by hand", place.AtSetting(setting), Instead[setting]);

    private static IEnumerable<Finding> OfSinks(Project project) =>
        from pipeline in project.Pipelines
        let sink = pipeline.Into as KafkaSink
        where sink is not null
        from setting in sink.Settings.Keys
        where InsteadOfSink.ContainsKey(setting)
        select Finding.Error(
            Code, $"`{setting}` is not set by hand", project.Sources.Find($"{pipeline.Path}.into.kafka.settings.{setting}"), InsteadOfSink[setting]);
}
