using System.Text;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Kafka;

public sealed class DevBrokerTests : IDisposable
{
    private readonly DevBroker broker = DevBroker.Start([new TopicSpec("events", 3), new TopicSpec("groups", 1)]);

    private BrokerEndpoint Endpoint => new(broker.Bootstrap);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => broker.Dispose();

    [Fact]
    public async Task Topics_have_the_partitions_they_were_declared_with()
    {
        using var facts = new BrokerFacts(Endpoint);
        var description = await facts.DescribeAsync(Cancel);
        Assert.Equal(3, description.Topics["events"]);
        Assert.Equal(1, description.Topics["groups"]);
        Assert.False(string.IsNullOrEmpty(description.ClusterId));
    }

    [Fact]
    public async Task What_is_produced_is_consumed_with_key_headers_partition_and_offset()
    {
        Produce("events", 1, "a", "b");
        using var consumer = new KafkaConsumer(Endpoint, "readers", "events");
        var first = Next(consumer);
        var second = Next(consumer);

        Assert.Equal(("events", 1, 0L), (first.Topic, first.Partition, first.Offset));
        Assert.Equal("a", Encoding.UTF8.GetString(first.Value.Span));
        Assert.Equal("key-a", Encoding.UTF8.GetString(first.Key!.Value.Span));
        var header = Assert.Single(first.Headers);
        Assert.Equal(("origin", "test"), (header.Name, Encoding.UTF8.GetString(header.Value.Span)));
        Assert.Equal(1, second.Offset);

        consumer.Commit();
        using var facts = new BrokerFacts(Endpoint);
        var positions = await facts.PositionsAsync("events", "readers", Cancel);
        Assert.Equal([null, 2, null], positions.Select(p => p.Committed));
        Assert.Equal(0, positions.Sum(p => p.Lag));
    }

    [Fact]
    public async Task Lag_is_what_a_group_has_not_committed()
    {
        Produce("events", 0, "a", "b", "c");
        using var facts = new BrokerFacts(Endpoint);
        var position = (await facts.PositionsAsync("events", "nobody", Cancel))[0];
        Assert.Equal(new PartitionPosition(0, Low: 0, High: 3, Committed: null), position);
        Assert.Equal(3, position.Lag);
    }

    [Fact]
    public async Task Asking_for_an_unknown_topic_says_so_and_does_not_create_it()
    {
        using var facts = new BrokerFacts(Endpoint);
        var error = await Assert.ThrowsAsync<KafkaException>(() => facts.PositionsAsync("evnets", cancel: Cancel));
        Assert.Contains("evnets", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("evnets", (await facts.DescribeAsync(Cancel)).Topics.Keys);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_named_with_the_reason()
    {
        using var facts = new BrokerFacts(new BrokerEndpoint("127.0.0.1:1"), TimeSpan.FromSeconds(2));
        var error = await Assert.ThrowsAsync<KafkaException>(() => facts.DescribeAsync(Cancel));
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
        Assert.Contains("Connection refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_delivery_is_reported_by_flush()
    {
        var options = new BrokerEndpoint("127.0.0.1:1").Options.Add("message.timeout.ms", "500");
        using var producer = new KafkaProducer(new BrokerEndpoint("127.0.0.1:1") { Options = options });
        producer.Produce("events", "lost"u8);
        var error = Assert.Throws<KafkaException>(() => producer.Flush(TimeSpan.FromSeconds(5)));
        Assert.Contains("1 messages were not delivered", error.Message, StringComparison.Ordinal);
    }

    private void Produce(string topic, int partition, params string[] values)
    {
        using var producer = new KafkaProducer(Endpoint);
        foreach (var value in values)
            producer.Produce(
                topic,
                Encoding.UTF8.GetBytes(value),
                Encoding.UTF8.GetBytes("key-" + value),
                [new KafkaHeader("origin", "test"u8.ToArray())],
                partition);
        producer.Flush(TimeSpan.FromSeconds(10));
        Assert.Equal(values.Length, producer.Delivered);
    }

    private static KafkaMessage Next(KafkaConsumer consumer)
    {
        for (var i = 0; i < 100; i++)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } message)
                return message;
        }

        throw new TimeoutException("no message came within 20 s");
    }
}
