using System.Collections.Immutable;

namespace Millrace.Core.ServerConfig;

/// <summary>A named collection that describes a Kafka backend to a node.</summary>
/// <param name="Options">
/// librdkafka options by their own names. They belong inside the collection: a Kafka table with a collection does not
/// read the server's <c>kafka</c> section.
/// </param>
public sealed record NamedCollection(
    string Name,
    string BrokerList,
    ImmutableSortedDictionary<string, string> Options);
