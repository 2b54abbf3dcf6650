using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Two Kafka tables with the same broker, topic and group share the messages: each sees only a part.</summary>
internal static class SharedConsumerGroup
{
    public const string Code = "MR111";

    public static IEnumerable<Finding> Run(Project project)
    {
        var first = new Dictionary<(string, string, string), LegPlace>();
        foreach (var place in LegPlace.All(project))
        {
            var leg = place.Leg;
            if (first.TryAdd((leg.Broker, leg.Topic, leg.Group), place))
                continue;
            var other = first[(leg.Broker, leg.Topic, leg.Group)];
            yield return Finding.Error(
                Code,
                $"the consumer group `{leg.Group}` already reads the topic `{leg.Topic}` for the leg `{other.Name}`: each leg would get only a part of the messages",
                place.At("group"),
                "give this leg a group of its own");
        }
    }
}
