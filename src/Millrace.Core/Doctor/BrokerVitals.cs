using System.Collections.Immutable;

namespace Millrace.Core.Doctor;

/// <summary>What a Kafka backend said, reached through the operator's bootstrap address.</summary>
/// <param name="ClusterId">Equal for two names of one backend; null when it does not say.</param>
/// <param name="Topics">Partitions by topic.</param>
/// <param name="Error">Why it could not be asked; empty when it was.</param>
public sealed record BrokerVitals(
    string Broker, string? ClusterId, ImmutableSortedDictionary<string, int> Topics, ImmutableArray<GroupLag> Lags, string Error = "")
{
    public bool Answered => Error.Length == 0;
}
