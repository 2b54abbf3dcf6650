using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Kafka;

/// <summary>How this machine reaches a Kafka backend.</summary>
/// <param name="Bootstrap">Comma-separated <c>host:port</c>.</param>
public sealed record BrokerEndpoint(string Bootstrap)
{
    /// <summary>How this machine reaches a declared broker, which has a <c>bootstrap</c>.</summary>
    public static BrokerEndpoint Of(Broker broker) => new(broker.Bootstrap!)
    {
        // ClickHouse's configuration spells librdkafka's dots as underscores; both are understood.
        Options = (broker.Options ?? ImmutableSortedDictionary<string, string>.Empty)
            .ToImmutableSortedDictionary(option => option.Key.Replace('_', '.'), option => option.Value, StringComparer.Ordinal),
    };

    /// <summary>librdkafka options, such as <c>security.protocol</c>; they override the defaults.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
