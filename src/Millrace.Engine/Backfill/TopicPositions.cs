using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Legs;
using Millrace.Core.Model;
using Millrace.Engine.Legs;

namespace Millrace.Engine.Backfill;

/// <summary>How far topics and groups of a fleet's brokers are; a backfill that needs it cannot do without an answer.</summary>
public sealed class TopicPositions(Fleet fleet, ITopicSource source)
{
    /// <exception cref="UserErrorException">The broker does not say.</exception>
    public async Task<ImmutableArray<PartitionProgress>> PositionsAsync(BackfillReplay replay, string group, CancellationToken cancel)
    {
        var broker = fleet.FindBroker(replay.Broker) ?? throw new UserErrorException($"fleet.yaml has no broker `{replay.Broker}` any more, from which the backfill reads topic {replay.Topic}");
        var progress = await source.ProgressAsync(broker, replay.Topic, group, cancel);
        return progress.IsKnown
            ? progress.Partitions
            : throw new UserErrorException($"the broker `{replay.Broker}` does not say how far topic {replay.Topic} is: {progress.Trouble}");
    }
}
