using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Blocks under 50,000 rows make many small parts on a busy topic.</summary>
internal static class SmallBlocks
{
    public const string Code = "MR208";

    private const string Setting = "kafka_max_block_size";
    private const int Smallest = 50_000;

    public static IEnumerable<Finding> Run(Project project) =>
        from place in LegPlace.All(project)
        let rows = KafkaSetting.Number(place.Leg, Setting)
        where rows is > 0 and < Smallest
        select Finding.Warning(
            Code,
            $"blocks of at most {rows} rows make many small parts on a busy topic",
            place.AtSetting(Setting),
            $"{Setting}: {Smallest} or more, or leave it out");
}
