using System.Runtime.InteropServices;
using System.Text;
using Millrace.Kafka.Bindings;

namespace Millrace.Kafka;

/// <summary>Sends messages and knows which of them arrived. For one thread at a time.</summary>
public sealed unsafe class KafkaProducer : IDisposable
{
    private const int AnyPartition = -1;
    private const int CopyValue = 2;
    private const int PollEvery = 1024;

    private readonly KafkaClient client;
    private readonly string bootstrap;
    private int sincePoll;

    public KafkaProducer(BrokerEndpoint endpoint)
    {
        bootstrap = endpoint.Bootstrap;
        client = new KafkaClient(
            RdKafka.Producer,
            [
                new("bootstrap.servers", endpoint.Bootstrap),
                new("acks", "all"),
                new("linger.ms", "5"),
                .. endpoint.Options,
            ],
            &OnDelivered);
    }

    /// <summary>Messages that the broker has acknowledged so far.</summary>
    public long Delivered => client.Deliveries.Delivered;

    /// <summary>Queues one message; waits while the queue is full.</summary>
    /// <param name="partition">-1 lets the key decide, or chance when there is none.</param>
    /// <exception cref="KafkaException">The message cannot be sent at all, such as one that is too large.</exception>
    public void Produce(
        string topic,
        ReadOnlySpan<byte> value,
        ReadOnlySpan<byte> key = default,
        IReadOnlyList<KafkaHeader>? headers = null,
        int partition = AnyPartition)
    {
        var topicName = Encoding.UTF8.GetBytes(topic + '\0');
        fixed (byte* topicAt = topicName)
        fixed (byte* valueAt = value)
        fixed (byte* keyAt = key)
        {
            using var pinned = new PinnedHeaders(headers ?? []);
            var fields = stackalloc RdProduceField[5 + pinned.Count];
            fields[0] = new() { Kind = RdProduceFieldKind.Topic, First = (nint)topicAt };
            fields[1] = new() { Kind = RdProduceFieldKind.Partition, First = partition };
            fields[2] = new() { Kind = RdProduceFieldKind.Flags, First = CopyValue };
            fields[3] = new() { Kind = RdProduceFieldKind.Value, First = (nint)valueAt, Second = value.Length };
            fields[4] = new() { Kind = RdProduceFieldKind.Key, First = (nint)keyAt, Second = key.Length };
            pinned.CopyTo(fields + 5);
            Enqueue(fields, 5 + pinned.Count, topic);
        }
    }

    /// <summary>Waits until every message has its delivery report.</summary>
    /// <exception cref="KafkaException">A message was not delivered, now or before, or the time was up.</exception>
    public void Flush(TimeSpan timeout)
    {
        client.Check(RdKafka.Flush(client.Handle, (int)timeout.TotalMilliseconds), $"{bootstrap} did not take all messages within {timeout.TotalSeconds:0} s");
        if (client.Deliveries.Failed > 0)
            throw RdKafka.Error(client.Deliveries.FirstError, $"{client.Deliveries.Failed} messages were not delivered to {bootstrap}");
    }

    public void Dispose() => client.Dispose();

    private void Enqueue(RdProduceField* fields, int count, string topic)
    {
        if (++sincePoll >= PollEvery)
        {
            sincePoll = 0;
            _ = RdKafka.Poll(client.Handle, 0);
        }

        while (true)
        {
            var error = RdKafka.Produce(client.Handle, fields, (nuint)count);
            if (error == 0)
                return;
            var code = RdKafka.ErrorCode(error);
            RdKafka.DestroyError(error);
            if (code != RdKafka.QueueFull)
                throw RdKafka.Error(code, $"a message could not be sent to topic {topic} of {bootstrap}");
            _ = RdKafka.Poll(client.Handle, 50);
        }
    }

    [UnmanagedCallersOnly]
    private static void OnDelivered(nint handle, RdMessage* message, nint opaque) =>
        KafkaClient.FromOpaque(opaque).Deliveries.Add(message->Error);
}
