using System.Collections.Immutable;
using Millrace.Core.Extracting;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The SELECT of a data view: message columns, extraction, computed columns and where the message came from.</summary>
internal static class DataSelect
{
    /// <param name="metadata">What is selected beside the columns: where the message came from.</param>
    public static string Render(Pipeline pipeline, RowSource source, ImmutableArray<string> metadata)
    {
        var extraction = Extraction(pipeline, source);
        return Render(
            source,
            extraction,
            Columns(pipeline, extraction, pipeline.Into.Omit)
                .Concat(pipeline.Select.Where(column => !pipeline.Into.Omit.Contains(column.Name)).Select(column => $"{column.Expression} AS {Quote.Name(column.Name)}"))
                .Concat(metadata),
            pipeline.Where);
    }

    /// <summary>Everything that the sinks of a stream may select from: what is shared is done once.</summary>
    public static string RenderStream(Pipeline pipeline, RowSource source)
    {
        var extraction = Extraction(pipeline, source);
        return Render(source, extraction, Columns(pipeline, extraction, omit: []).Concat(StreamTable.Origin(pipeline).Select(column => Quote.Name(column.Name))), where: null);
    }

    private static string Render(RowSource source, ExtractionSelect extraction, IEnumerable<string> columns, string? where)
    {
        string?[] conditions = [source.IsParsed ? null : "length(_error) = 0", where is null ? null : source.IsParsed ? where : $"({where})"];
        var filter = string.Join("\n  AND ", conditions.OfType<string>());
        return With(extraction.With)
            + $"SELECT\n    {string.Join(",\n    ", columns)}\nFROM {extraction.From(Quote.Name(source.Name))}"
            + (filter.Length == 0 ? "" : $"\nWHERE {filter}")
            + (extraction.Settings is { } settings ? $"\n{settings}" : "");
    }

    private static IEnumerable<string> Columns(Pipeline pipeline, ExtractionSelect extraction, ImmutableArray<string> omit) =>
        pipeline.Columns.Where(column => !omit.Contains(column.Name)).Select(column => Quote.Name(column.Name))
            .Concat(extraction.Columns.Where(column => !omit.Contains(column.Name)).Select(Column));

    private static string Column(ExtractedExpression column) =>
        column.Sql == Quote.Name(column.Name) ? column.Sql : $"{column.Sql} AS {Quote.Name(column.Name)}";

    private static ExtractionSelect Extraction(Pipeline pipeline, RowSource source)
    {
        if (pipeline.Extract is not { } extract)
            return ExtractionSelect.None;
        if (!source.IsParsed)
            return ExtractionSql.Render(extract, Quote.Name(extract.From));
        return new ExtractionSelect([], [.. RowLayout.Extracted(extract).Select(column => new ExtractedExpression(column.Name, column.Type, Quote.Name(column.Name)))]);
    }

    private static string With(ImmutableArray<string> bindings) =>
        bindings.IsEmpty ? "" : $"WITH\n    {string.Join(",\n    ", bindings)}\n";
}
