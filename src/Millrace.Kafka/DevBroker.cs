using Millrace.Engine;
using Millrace.Kafka.Bindings;

namespace Millrace.Kafka;

/// <summary>
/// A Kafka broker for development: librdkafka's mock cluster, in this process and its memory. It speaks the real
/// protocol on a port of its own choice, and keeps at most 5 MB or 100,000 messages per partition.
/// </summary>
public sealed class DevBroker : IDisposable
{
    private readonly KafkaClient host;
    private readonly nint cluster;

    private DevBroker(KafkaClient host, nint cluster)
    {
        this.host = host;
        this.cluster = cluster;
        Bootstrap = RdKafka.Text(RdKafka.MockBootstraps(cluster));
    }

    /// <summary>Such as <c>127.0.0.1:41234</c>.</summary>
    public string Bootstrap { get; }

    /// <summary>Starts a broker that has <paramref name="topics"/>. Others come into being, with 4 partitions, when first used.</summary>
    public static unsafe DevBroker Start(IEnumerable<TopicSpec> topics)
    {
        var client = new KafkaClient(RdKafka.Producer, []);
        var mock = RdKafka.NewMockCluster(client.Handle, 1);
        if (mock == 0)
        {
            client.Dispose();
            throw new UserErrorException("the development broker could not open a port on 127.0.0.1.");
        }

        foreach (var topic in topics)
            client.Check(RdKafka.CreateMockTopic(mock, topic.Name, topic.Partitions, 1), $"topic {topic} could not be created");
        return new DevBroker(client, mock);
    }

    public void Dispose()
    {
        RdKafka.DestroyMockCluster(cluster);
        host.Dispose();
    }
}
