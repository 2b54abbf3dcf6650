using System.Collections.Immutable;

namespace Millrace.Kafka;

/// <summary>How this machine reaches a Kafka backend.</summary>
/// <param name="Bootstrap">Comma-separated <c>host:port</c>.</param>
public sealed record BrokerEndpoint(string Bootstrap)
{
    /// <summary>librdkafka options, such as <c>security.protocol</c>; they override the defaults.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
