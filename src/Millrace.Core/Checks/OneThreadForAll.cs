using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Without <c>kafka_thread_per_consumer</c> one thread flushes for all consumers of a table.</summary>
internal static class OneThreadForAll
{
    public const string Code = "MR209";

    private const string Setting = "kafka_thread_per_consumer";

    public static IEnumerable<Finding> Run(Project project) =>
        from place in LegPlace.All(project)
        where place.Leg.Consumers > 1 && KafkaSetting.IsOff(place.Leg, Setting)
        select Finding.Error(
            Code,
            $"{place.Leg.Consumers} consumers, but `{Setting}` is off: one thread flushes for all of them",
            place.AtSetting(Setting),
            "remove the setting: it is on wherever there is more than one consumer");
}
