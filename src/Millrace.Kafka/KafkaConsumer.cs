using System.Collections.Immutable;
using Millrace.Kafka.Bindings;

namespace Millrace.Kafka;

/// <summary>Reads a topic as a member of a group; commits only when told to. For one thread at a time.</summary>
public sealed unsafe class KafkaConsumer : IDisposable
{
    private readonly KafkaClient client;
    private readonly string topic;

    public KafkaConsumer(BrokerEndpoint endpoint, string group, string topic)
    {
        this.topic = topic;
        client = new KafkaClient(
            RdKafka.Consumer,
            [
                new("bootstrap.servers", endpoint.Bootstrap),
                new("group.id", group),
                new("auto.offset.reset", "earliest"),
                new("enable.auto.commit", "false"),
                new("session.timeout.ms", "6000"),
                .. endpoint.Options,
            ]);
        client.Check(RdKafka.PollAsConsumer(client.Handle), "the consumer could not start");
        Subscribe();
    }

    /// <summary>The next message, or null when none came within <paramref name="timeout"/>.</summary>
    public KafkaMessage? Consume(TimeSpan timeout)
    {
        var message = RdKafka.ConsumerPoll(client.Handle, (int)timeout.TotalMilliseconds);
        if (message is null)
            return null;
        try
        {
            if (message->Error == RdKafka.PartitionEnd)
                return null;
            client.Check(message->Error, $"topic {topic} could not be read");
            return Copy(message);
        }
        finally
        {
            RdKafka.DestroyMessage(message);
        }
    }

    /// <summary>Commits the position after the last message that was consumed from each partition.</summary>
    public void Commit() => client.Check(RdKafka.Commit(client.Handle, null, 0), $"offsets of topic {topic} could not be committed");

    public void Dispose()
    {
        if (!client.Handle.IsClosed)
            _ = RdKafka.CloseConsumer(client.Handle);
        client.Dispose();
    }

    private void Subscribe()
    {
        var topics = RdKafka.NewPartitionList(1);
        try
        {
            RdKafka.AddPartition(topics, topic, -1);
            client.Check(RdKafka.Subscribe(client.Handle, topics), $"topic {topic} could not be subscribed");
        }
        finally
        {
            RdKafka.DestroyPartitionList(topics);
        }
    }

    private static KafkaMessage Copy(RdMessage* message) => new(
        RdKafka.Text(RdKafka.TopicName(message->Topic)),
        message->Partition,
        message->Offset,
        message->Key == 0 ? null : Bytes(message->Key, message->KeyLength),
        Bytes(message->Payload, message->Length),
        Headers(message));

    private static ImmutableArray<KafkaHeader> Headers(RdMessage* message)
    {
        if (RdKafka.Headers(message, out var headers) != 0)
            return [];
        var copies = ImmutableArray.CreateBuilder<KafkaHeader>();
        for (nuint i = 0; RdKafka.Header(headers, i, out var name, out var value, out var size) == 0; i++)
            copies.Add(new KafkaHeader(RdKafka.Text(name), Bytes(value, size)));
        return copies.ToImmutable();
    }

    private static byte[] Bytes(nint at, nuint size) => new ReadOnlySpan<byte>((void*)at, (int)size).ToArray();
}
