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
        if (broker.Bootstrap is null)
            return new LagAnswer(null, $"broker `{broker.Name}` has no `bootstrap` in fleet.yaml");
        try
        {
            using var facts = new BrokerFacts(BrokerEndpoint.Of(broker), Timeout);
            var positions = await facts.PositionsAsync(topic, group, cancel);
            return new LagAnswer(positions.Sum(position => position.Lag), Committed: positions.Sum(position => position.Committed ?? position.Low));
        }
        catch (Exception error) when (error is KafkaException or UserErrorException)
        {
            return new LagAnswer(null, error.Message);
        }
    }
}
