using System.Collections.Immutable;
using Millrace.Core.Doctor;
using Millrace.Core.Model;
using Millrace.Engine.Doctor;

namespace Millrace.Kafka;

/// <summary>Reads the vitals of Kafka backends through librdkafka.</summary>
public sealed class BrokerReader(TimeSpan? timeout = null) : IBrokerReader
{
    private readonly TimeSpan timeout = timeout ?? TimeSpan.FromSeconds(5);

    public async Task<BrokerVitals> ReadAsync(
        Broker broker, ImmutableArray<(string Topic, string Group)> groups, CancellationToken cancel)
    {
        try
        {
            using var facts = new BrokerFacts(BrokerEndpoint.Of(broker), timeout);
            var described = await facts.DescribeAsync(cancel);
            var lags = ImmutableArray.CreateBuilder<GroupLag>();
            foreach (var (topic, group) in groups.Where(g => described.Topics.ContainsKey(g.Topic)))
                lags.Add(new GroupLag(topic, group, (await facts.PositionsAsync(topic, group, cancel)).Sum(p => p.Lag)));
            return new BrokerVitals(broker.Name, described.ClusterId, described.Topics, lags.ToImmutable());
        }
        catch (Exception error) when (error is KafkaException or Engine.UserErrorException)
        {
            return new BrokerVitals(broker.Name, null, ImmutableSortedDictionary<string, int>.Empty, [], error.Message);
        }
    }
}
