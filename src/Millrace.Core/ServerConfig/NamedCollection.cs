using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Core.ServerConfig;

/// <summary>A named collection: what a node knows of a backend, by the keys that table engines look for.</summary>
/// <param name="Entries">
/// Options of librdkafka have the prefix <c>kafka.</c>. They belong inside the collection: a Kafka table with a collection
/// does not read the server's <c>kafka</c> section.
/// </param>
public sealed record NamedCollection(string Name, ImmutableArray<KeyValuePair<string, Secret>> Entries);
