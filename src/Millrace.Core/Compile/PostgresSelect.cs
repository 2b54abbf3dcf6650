using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>
/// The rows of a block as Postgres takes them: text that it can store, one row for each key, sorted by key so that
/// writers take their locks in the same order.
/// </summary>
internal sealed class PostgresSelect(Pipeline pipeline, PostgresSink sink, RowSource source)
{
    private readonly ImmutableArray<SinkText> texts = SinkText.Of(pipeline, sink);

    public string Render()
    {
        var keys = string.Join(", ", sink.Keys.Select(Inner));
        var outer = sink.Keys.Select(key => $"{Inner(key)} AS {Quote.Name(key)}")
            .Concat(sink.Update.Select(column => $"{Squashed(column)} AS {Quote.Name(column.Name)}"))
            .Concat(sink.Insert.Select(column => $"tupleElement(argMin(tuple({Inner(column)}), _order), 1) AS {Quote.Name(column)}"));
        var inner = sink.Columns.Select(name => $"{Mended(name)} AS {Inner(name)}")
            .Append("(ifNull(_timestamp_ms, toDateTime64(0, 3)), _offset) AS _order");
        return $"SELECT\n    {string.Join(",\n    ", outer)}\nFROM\n(\nSELECT\n    {string.Join(",\n    ", inner)}\nFROM\n(\n{Rows}\n){Storable}\n)"
            + $"\nGROUP BY {keys}\nORDER BY {keys}";
    }

    /// <summary>What the error table keeps of rows that were mended or passed over; null when that cannot happen.</summary>
    public string? Refused(Leg leg)
    {
        if (texts.IsEmpty)
            return null;
        var reasons = string.Join(", ", texts.SelectMany(text => text.Reasons));
        var columns = string.Join(", ", sink.Columns.Select(Quote.Name));
        return $"SELECT\n    {Quote.Text(pipeline.Name)} AS pipeline,\n    {Quote.Text(leg.Name)} AS leg,\n    _topic,\n    _partition,\n    _offset,\n    "
            + $"toDateTime(ifNull(_timestamp_ms, now64(3))) AS _timestamp,\n    formatRowNoNewline('JSONEachRow', {columns}) AS _raw_message,\n    "
            + $"arrayStringConcat(arrayFilter(reason -> notEmpty(reason), [{reasons}]), '; ') AS _error\nFROM\n(\n{Rows}\n)\nWHERE notEmpty(_error)";
    }

    private string Rows => DataSelect.Render(pipeline, source, ["_topic", "_partition", "_offset", "_timestamp_ms"]);

    private string Storable => texts.SelectMany(text => text.Skips).ToList() is { Count: > 0 } skips
        ? $"\nWHERE NOT ({string.Join(" OR ", skips)})"
        : "";

    /// <summary>A tuple, because the function passes over NULL, which may be the latest value.</summary>
    private static string Squashed(UpdatedColumn column) => column.Rule switch
    {
        UpdateRule.Max => $"max({Inner(column.Name)})",
        UpdateRule.Min => $"min({Inner(column.Name)})",
        _ => $"tupleElement(argMax(tuple({Inner(column.Name)}), _order), 1)",
    };

    private string Mended(string name) => texts.FirstOrDefault(text => text.Name == name)?.Mended ?? Quote.Name(name);

    /// <summary>A name of its own for the row's value: the result has the plain name, and would be meant instead.</summary>
    private static string Inner(string name) => Quote.Name($"_row_{name}");
}
