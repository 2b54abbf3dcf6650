using System.Collections.Immutable;

namespace Millrace.Kafka;

/// <summary>What a Kafka backend says about itself.</summary>
/// <param name="ClusterId">Equal for two names of one backend; null when the broker is too old to say.</param>
/// <param name="Topics">Partitions by topic.</param>
public sealed record BrokerDescription(string? ClusterId, int Brokers, ImmutableSortedDictionary<string, int> Topics);
