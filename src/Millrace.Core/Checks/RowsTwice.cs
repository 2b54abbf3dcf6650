using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Two legs of a pipeline that read the same topic of the same Kafka write every row twice.</summary>
internal static class RowsTwice
{
    public const string Code = "MR119";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var pipeline in LegPlace.All(project).GroupBy(p => p.Pipeline.Name))
        {
            var seen = new List<LegPlace>();
            foreach (var place in pipeline)
            {
                foreach (var other in seen.Where(o => o.Leg.Topic == place.Leg.Topic && o.Leg.Group != place.Leg.Group).Take(1))
                    if (SameKafka(project.Fleet, other.Leg.Broker, place.Leg.Broker) is { } why)
                        yield return Finding.Error(
                            Code,
                            $"the legs `{other.Leg.Name}` and `{place.Leg.Name}` of `{place.Pipeline.Name}` both read the topic `{place.Leg.Topic}`, and {why}: every row would be written twice",
                            place.At("broker"),
                            "remove one of the two legs, or point the brokers at different Kafkas");
                seen.Add(place);
            }
        }
    }

    private static string? SameKafka(Fleet fleet, string first, string second)
    {
        if (first == second)
            return $"both are on the broker `{first}`";
        if (fleet.FindBroker(first) is not { } a || fleet.FindBroker(second) is not { } b)
            return null;
        return a.Collection == b.Collection ? $"the brokers `{first}` and `{second}` are the same named collection `{a.Collection}`"
            : a.Bootstrap is not null && a.Bootstrap == b.Bootstrap ? $"the brokers `{first}` and `{second}` have the same bootstrap servers"
            : null;
    }
}
