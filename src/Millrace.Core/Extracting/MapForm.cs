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
        return new([$"CAST({JsonText.Pairs(source)}, '{ExtractionSql.MapType}') AS {Map}"], columns);
    }

    /// <summary>A column out of a map of texts.</summary>
    public static string Column(string map, ExtractedColumn column)
    {
        var key = Quote.Text(column.Key);
        var text = $"{map}[{key}]";
        return ExtractedType.Convert(column.Type, text, $"if(mapContains({map}, {key}), nullIf({text}, 'null'), NULL)");
    }

    private static string Filtered(ImmutableArray<string> keys) => keys.IsDefaultOrEmpty
        ? Map
        : $"mapFilter((k, v) -> k IN ({string.Join(", ", keys.Select(Quote.Text))}), {Map})";
}
