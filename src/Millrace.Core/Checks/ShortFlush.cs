using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Flushes under a second make many small parts on storage.</summary>
internal static class ShortFlush
{
    public const string Code = "MR207";

    private const string Setting = "kafka_flush_interval_ms";
    private const int Shortest = 1000;

    public static IEnumerable<Finding> Run(Project project) =>
        from place in LegPlace.All(project)
        let interval = KafkaSetting.Number(place.Leg, Setting)
        where interval < Shortest
        select Finding.Warning(
            Code,
            $"a flush every {interval} ms makes a part per shard and partition each time: TOO_MANY_PARTS is near",
            place.AtSetting(Setting),
            $"{Setting}: 7500 is ClickHouse's default; stay at {Shortest} or more");
}
