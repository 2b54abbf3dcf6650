using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>ClickHouse refuses a Kafka table with more consumers than the node has cores.</summary>
internal static class MoreConsumersThanCores
{
    public const string Code = "MR205";

    public static IEnumerable<Finding> Run(Project project) =>
        from place in LegPlace.All(project)
        let cores = project.Fleet.FindRole(place.Pipeline.Role)?.Cores
        where cores is not null && place.Leg.Consumers > cores
        select Finding.Error(
            Code,
            $"{Counted.Of(place.Leg.Consumers, "consumer")} on nodes of {Counted.Of(cores.Value, "core")}: ClickHouse refuses such a table",
            place.At("consumers"),
            $"consumers: {cores}, and more nodes if that is too slow");
}
