using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>How the rows of a table are placed by a ring.</summary>
/// <param name="Key">The columns that decide; rows that agree in all of them share a shard.</param>
public sealed record RingPlacement(string Ring, ImmutableArray<string> Key);
