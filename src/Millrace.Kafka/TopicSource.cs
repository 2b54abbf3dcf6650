using System.Collections.Immutable;
using Millrace.Core.Legs;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.Engine.Legs;

namespace Millrace.Kafka;

/// <summary>Asks the brokers themselves how far a leg is, and reads messages of its topic.</summary>
public sealed class TopicSource : ITopicSource
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<TopicProgress> ProgressAsync(Broker broker, string topic, string group, CancellationToken cancel)
    {
        try
        {
            using var facts = new BrokerFacts(BrokerEndpoint.Of(broker), Timeout);
            var described = await facts.DescribeAsync(cancel);
            var positions = await facts.PositionsAsync(topic, group, cancel);
            return new TopicProgress(
                described.ClusterId, [.. positions.Select(p => new PartitionProgress(p.Partition, p.Low, p.High, p.Committed))]);
        }
        catch (Exception error) when (error is KafkaException or UserErrorException)
        {
            return TopicProgress.Unknown(error.Message);
        }
    }

    public async Task<ImmutableArray<TopicMessage>> ReadAsync(
        Broker broker, string topic, ImmutableArray<OffsetRange> ranges, CancellationToken cancel)
    {
        try
        {
            return await Task.Run(
                () =>
                {
                    using var reader = new TopicReader(BrokerEndpoint.Of(broker), topic, ranges);
                    return reader.ReadAll(Timeout, cancel);
                },
                cancel);
        }
        catch (KafkaException error)
        {
            throw new UserErrorException($"messages of topic {topic} on broker `{broker.Name}` cannot be read: {error.Message}");
        }
    }
}
