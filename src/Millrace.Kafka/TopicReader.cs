using System.Collections.Immutable;
using Millrace.Engine.Legs;
using Millrace.Kafka.Bindings;

namespace Millrace.Kafka;

/// <summary>Reads given offsets of a topic. It is told its partitions, so it joins no group and disturbs nobody.</summary>
internal sealed unsafe class TopicReader : IDisposable
{
    private readonly KafkaClient client;
    private readonly string topic;
    private readonly Dictionary<int, OffsetRange> open;

    public TopicReader(BrokerEndpoint endpoint, string topic, ImmutableArray<OffsetRange> ranges)
    {
        this.topic = topic;
        open = ranges.Where(range => range.From < range.To).ToDictionary(range => range.Partition);
        client = new KafkaClient(
            RdKafka.Consumer,
            [
                new("bootstrap.servers", endpoint.Bootstrap),
                new("group.id", "millrace-parity"), // librdkafka wants one; without a subscription it is not used.
                new("enable.auto.commit", "false"),
                new("auto.offset.reset", "error"),
                new("enable.partition.eof", "true"),
                .. endpoint.Options,
            ]);
        client.Check(RdKafka.PollAsConsumer(client.Handle), "the consumer could not start");
        Assign();
    }

    /// <summary>All messages of the ranges that the broker has.</summary>
    /// <param name="patience">How long no message may come.</param>
    /// <exception cref="KafkaException">The broker does not answer, or has fallen silent.</exception>
    public ImmutableArray<TopicMessage> ReadAll(TimeSpan patience, CancellationToken cancel)
    {
        var messages = ImmutableArray.CreateBuilder<TopicMessage>();
        while (open.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var message = RdKafka.ConsumerPoll(client.Handle, (int)patience.TotalMilliseconds);
            if (message is null)
                throw RdKafka.Error(RdKafka.TimedOut, $"no message came from topic {topic} for {patience.TotalSeconds:0} s");
            try
            {
                Take(message, messages);
            }
            finally
            {
                RdKafka.DestroyMessage(message);
            }
        }

        return messages.ToImmutable();
    }

    public void Dispose()
    {
        if (!client.Handle.IsClosed)
            _ = RdKafka.CloseConsumer(client.Handle);
        client.Dispose();
    }

    private void Take(RdMessage* message, ImmutableArray<TopicMessage>.Builder messages)
    {
        if (message->Error == RdKafka.PartitionEnd)
        {
            open.Remove(message->Partition);
            return;
        }

        client.Check(message->Error, $"topic {topic} could not be read");
        if (!open.TryGetValue(message->Partition, out var range))
            return;
        if (message->Offset < range.To)
            messages.Add(new TopicMessage(
                message->Partition, message->Offset, TimeOf(message), new ReadOnlySpan<byte>((void*)message->Payload, (int)message->Length).ToArray()));
        if (message->Offset >= range.To - 1)
            open.Remove(message->Partition);
    }

    private static DateTimeOffset? TimeOf(RdMessage* message) =>
        RdKafka.MessageTimestamp(message, out _) is >= 0 and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private void Assign()
    {
        var list = RdKafka.NewPartitionList(open.Count);
        try
        {
            foreach (var range in open.Values)
                RdKafka.AddPartition(list, topic, range.Partition)->Offset = range.From;
            client.Check(RdKafka.Assign(client.Handle, list), $"partitions of topic {topic} could not be assigned");
        }
        finally
        {
            RdKafka.DestroyPartitionList(list);
        }
    }
}
