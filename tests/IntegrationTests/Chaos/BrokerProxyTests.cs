using Millrace.Bench.Chaos;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Chaos;

public sealed class BrokerProxyTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_client_that_has_learnt_the_brokers_address_is_cut_off_too_and_goes_on_after_it()
    {
        using var broker = DevBroker.Start([new TopicSpec("events", 1)]);
        await using var proxy = new BrokerProxy(broker.Bootstrap);
        using var producer = new KafkaProducer(new BrokerEndpoint(proxy.Address));
        producer.Produce("events", "before"u8);
        producer.Flush(TimeSpan.FromSeconds(20));

        proxy.Cut();
        producer.Produce("events", "meanwhile"u8);
        Assert.Throws<KafkaException>(() => producer.Flush(Soon));
        Assert.Equal(1, producer.Delivered);

        proxy.Restore();
        producer.Flush(TimeSpan.FromSeconds(20));
        Assert.Equal(2, producer.Delivered);
    }
}
