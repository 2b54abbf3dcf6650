using System.Collections.Immutable;
using Millrace.Core.Extracting;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The SELECT of a leg's data view: message columns, extraction, computed columns and where the message came from.</summary>
internal static class DataSelect
{
    /// <param name="metadata">What is selected beside the columns: where the message came from.</param>
    public static string Render(Pipeline pipeline, ObjectName kafka, ImmutableArray<string> metadata)
    {
        var extraction = pipeline.Extract is { } extract
            ? ExtractionSql.Render(extract, Quote.Name(extract.From))
            : ExtractionSelect.None;
        var columns = pipeline.Columns
            .Where(column => !pipeline.Into.Omit.Contains(column.Name))
            .Select(column => Quote.Name(column.Name))
            .Concat(extraction.Columns.Select(column => $"{column.Sql} AS {Quote.Name(column.Name)}"))
            .Concat(pipeline.Select.Select(column => $"{column.Expression} AS {Quote.Name(column.Name)}"))
            .Concat(metadata);
        return With(extraction.With)
            + $"SELECT\n    {string.Join(",\n    ", columns)}\nFROM {extraction.From(Quote.Name(kafka))}\nWHERE length(_error) = 0"
            + (pipeline.Where is null ? "" : $"\n  AND ({pipeline.Where})")
            + (extraction.Settings is { } settings ? $"\n{settings}" : "");
    }

    private static string With(ImmutableArray<string> bindings) =>
        bindings.IsEmpty ? "" : $"WITH\n    {string.Join(",\n    ", bindings)}\n";
}
