using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Extracting;

/// <summary>Every column from one map of all properties: the way when the map itself is wanted.</summary>
internal static class MapForm
{
    private const string Map = "_json_map";

    public static ExtractionSelect Render(Extraction extraction, string source)
    {
        var columns = extraction.Columns
            .Select(column => new ExtractedExpression(column.Name, column.Type, Column(Map, column)))
            .ToImmutableArray();
        if (extraction.Rest is { } rest)
            columns = columns.Add(new(rest, ExtractionSql.MapType, Filtered(extraction.RestKeys)));
        return new([$"{JsonText.ExactMap(source)} AS {Map}"], columns);
    }

    /// <summary>A column out of a map of texts.</summary>
    public static string Column(string map, ExtractedColumn column) =>
        ExtractedType.Convert(column.Type, Text(map, column.Key), NullableText(map, column.Key));

    public static string Text(string map, string key) => $"{map}[{Quote.Text(key)}]";

    /// <summary>The text, or NULL when the property is missing or null.</summary>
    public static string NullableText(string map, string key) =>
        $"if(mapContains({map}, {Quote.Text(key)}), nullIf({Text(map, key)}, 'null'), NULL)";

    private static string Filtered(ImmutableArray<string> keys) => keys.IsDefaultOrEmpty
        ? Map
        : $"mapFilter((k, v) -> k IN ({string.Join(", ", keys.Select(Quote.Text))}), {Map})";
}
