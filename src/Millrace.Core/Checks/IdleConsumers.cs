using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Consumers beyond the number of partitions get none: they idle, and hold memory and a thread.</summary>
internal static class IdleConsumers
{
    public const string Code = "MR204";

    public static IEnumerable<Finding> Run(Project project)
    {
        if (project.Fleet.Discovery is not null)
            yield break;
        foreach (var place in LegPlace.All(project))
        {
            var nodes = project.Fleet.NodesOf(place.Pipeline.Role).Length;
            var consumers = (long)place.Leg.Consumers * nodes;
            if (place.Leg.Partitions is not { } partitions || consumers <= partitions)
                continue;
            yield return Finding.Error(
                Code,
                $"{Counted.Of(consumers, "consumer")} for {Counted.Of(partitions, "partition")}: {consumers - partitions} would idle",
                place.At("consumers"),
                partitions >= nodes
                    ? $"consumers: {partitions / nodes}"
                    : $"{Counted.Of(nodes, "node")} are more than {Counted.Of(partitions, "partition")}: use a role with fewer nodes, or more partitions")
                with { Detail = $"{Counted.Of(nodes, "node")} x {place.Leg.Consumers}; topic `{place.Leg.Topic}` has {Counted.Of(partitions, "partition")} on broker `{place.Leg.Broker}`" };
        }
    }
}
