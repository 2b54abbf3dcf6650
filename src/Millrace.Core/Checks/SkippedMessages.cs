using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary><c>kafka_skip_broken_messages</c> throws messages away without a trace.</summary>
internal static class SkippedMessages
{
    public const string Code = "MR206";

    private const string Setting = "kafka_skip_broken_messages";

    public static IEnumerable<Finding> Run(Project project) =>
        from place in LegPlace.All(project)
        where KafkaSetting.IsOn(place.Leg, Setting)
        select Finding.Error(
            Code,
            $"`{Setting}` throws messages that do not parse away without a trace",
            place.AtSetting(Setting),
            $"remove it: they go to `{place.Pipeline.Errors.Table}`, with topic, partition and offset");
}
