using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Extracting;

/// <summary>
/// Generates the SQL that turns one JSON column into typed columns and a map with one parse per row. Every text equals
/// <c>replaceRegexpAll(JSONExtractRaw(json, key), '^"|"$', '')</c>.
/// </summary>
public static class ExtractionSql
{
    private const string Map = "_extract_map";

    /// <summary>The type of the map of all properties.</summary>
    public const string MapType = "Map(String, String)";

    /// <param name="source">The JSON column as SQL.</param>
    public static ExtractionSelect Render(Extraction extraction, string source)
    {
        var columns = extraction.Columns
            .Select(column => new ExtractedExpression(column.Name, column.Type, FromMap(Map, column)))
            .ToImmutableArray();
        if (extraction.Rest is { } rest)
            columns = columns.Add(new(rest, MapType, Filtered(extraction.RestKeys)));
        return new([$"{AllProperties(source)} AS {Map}"], columns);
    }

    /// <summary>
    /// A column added later, as the DEFAULT of a stored column: it reads the stored map, so that rows written before
    /// answer without a mutation. Null when the extraction keeps no map, or one without this key.
    /// </summary>
    public static string? Later(Extraction extraction, ExtractedColumn column) =>
        extraction.Rest is { } rest
        && (extraction.RestKeys.IsDefaultOrEmpty || extraction.RestKeys.Contains(column.Key))
            ? FromMap(Quote.Name(rest), column)
            : null;

    private static string FromMap(string map, ExtractedColumn column)
    {
        var key = Quote.Text(column.Key);
        return ExtractedType.Convert($"{map}[{key}]", column.Type, $"mapContains({map}, {key})");
    }

    private static string AllProperties(string source) =>
        "CAST(arrayMap(x -> (x.1, substring(x.2, 1 + startsWith(x.2, '\"'), length(x.2) - 2 * startsWith(x.2, '\"'))), "
        + $"JSONExtractKeysAndValuesRaw({source})), '{MapType}')";

    private static string Filtered(ImmutableArray<string> keys) => keys.IsDefaultOrEmpty
        ? Map
        : $"mapFilter((k, v) -> k IN ({string.Join(", ", keys.Select(Quote.Text))}), {Map})";
}
