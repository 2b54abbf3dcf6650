using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>A Kafka backend, known to the nodes as a named collection.</summary>
/// <param name="Collection">Name of the collection on the nodes; secrets and broker list live there.</param>
/// <param name="Bootstrap">Bootstrap servers as the operator reaches them, for facts such as partitions and lag; optional.</param>
/// <param name="Options">librdkafka options of the collection, <c>kafka.*</c> names without the prefix.</param>
public sealed record Broker(
    string Name,
    string Collection,
    string? Bootstrap = null,
    ImmutableSortedDictionary<string, string>? Options = null);
