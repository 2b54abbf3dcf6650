using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.Engine.Status;

namespace Millrace.Kafka;

/// <summary>Asks the brokers themselves for the lag of a consumer group.</summary>
public sealed class BrokerLag : ILagSource
{
    /// <summary>Somebody waits for a status: better "not known" than late.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public async Task<LagAnswer> AskAsync(Broker broker, string topic, string group, CancellationToken cancel)
    {
        if (broker.Bootstrap is not { } bootstrap)
            return new LagAnswer(null, $"broker `{broker.Name}` has no `bootstrap` in fleet.yaml");
        try
        {
            using var facts = new BrokerFacts(new BrokerEndpoint(bootstrap) { Options = OptionsOf(broker) }, Timeout);
            return new LagAnswer((await facts.PositionsAsync(topic, group, cancel)).Sum(position => position.Lag));
        }
        catch (Exception error) when (error is KafkaException or UserErrorException)
        {
            return new LagAnswer(null, error.Message);
        }
    }

    /// <summary>ClickHouse's configuration spells librdkafka's dots as underscores; both are understood.</summary>
    private static ImmutableSortedDictionary<string, string> OptionsOf(Broker broker) =>
        (broker.Options ?? ImmutableSortedDictionary<string, string>.Empty)
            .ToImmutableSortedDictionary(option => option.Key.Replace('_', '.'), option => option.Value, StringComparer.Ordinal);
}
