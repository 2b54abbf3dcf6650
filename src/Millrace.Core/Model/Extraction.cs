using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>Typed columns and a map out of one JSON column, parsed once per row.</summary>
/// <param name="From">The message column (String) that holds the JSON object.</param>
/// <param name="Rest">Name of a <c>Map(String, String)</c> column with every key; null for none.</param>
/// <param name="RestKeys">Only these keys go into the map; empty means all.</param>
public sealed record Extraction(
    string From,
    ImmutableArray<ExtractedColumn> Columns,
    string? Rest = null,
    ImmutableArray<string> RestKeys = default);
