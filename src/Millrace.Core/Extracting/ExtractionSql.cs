using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Extracting;

/// <summary>
/// Generates the SQL that turns one JSON column into typed columns and a map with one parse per row. Every text equals
/// <c>replaceRegexpAll(JSONExtractRaw(json, key), '^"|"$', '')</c>; what it becomes in a declared type is
/// <see cref="ExtractedType"/>.
/// </summary>
public static class ExtractionSql
{
    /// <summary>The type of the map of all properties.</summary>
    public const string MapType = "Map(String, String)";

    /// <param name="source">The JSON column (String) as SQL.</param>
    public static ExtractionSelect Render(Extraction extraction, string source) => extraction switch
    {
        { Columns.IsEmpty: true, Rest: null } => ExtractionSelect.None,
        { Rest: null } when TupleForm.CanHold(extraction.Columns) => TupleForm.Render(extraction.Columns, source),
        _ => MapForm.Render(extraction, source),
    };

    /// <summary>
    /// A column as the DEFAULT of a stored one: it reads the stored map, so that rows written before the column was
    /// added answer without a mutation. Null when the extraction keeps no map, or one without this key.
    /// </summary>
    public static string? Later(Extraction extraction, ExtractedColumn column) =>
        extraction.Rest is { } rest
        && (extraction.RestKeys.IsDefaultOrEmpty || extraction.RestKeys.Contains(column.Key))
            ? MapForm.Column(Quote.Name(rest), column)
            : null;
}
