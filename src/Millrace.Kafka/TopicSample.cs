namespace Millrace.Kafka;

/// <summary>Copies the first messages that a topic still has, without leaving a trace in any consumer group that counts.</summary>
public static class TopicSample
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <summary>Writes messages, a line each, until there are enough or no more come; returns how many there were.</summary>
    public static int Copy(BrokerEndpoint broker, string topic, int most, Stream lines, CancellationToken cancel)
    {
        // A group of its own that never commits: offsets of the streams stay as they are.
        using var consumer = new KafkaConsumer(broker, $"millrace-sample-{Guid.NewGuid():N}", topic);
        var copied = 0;
        while (copied < most && consumer.Consume(copied == 0 ? Patience : Silence) is { } message)
        {
            cancel.ThrowIfCancellationRequested();
            lines.Write(message.Value.Span);
            lines.WriteByte((byte)'\n');
            copied++;
        }

        return copied;
    }
}
