using System.Collections.Immutable;
using Millrace.Core.Extracting;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Bench.Extract;

/// <summary>One way to extract columns, as a SELECT over a table <c>events(p String)</c>.</summary>
/// <param name="Slow">Measured in fewer rounds.</param>
public sealed record Contender(string Name, string Sql, bool Slow = false)
{
    private const string Table = "events";

    private const string OnceMap = "CAST(JSONExtractKeysAndValues(p, 'Nullable(String)'), 'Map(String, Nullable(String))') AS m";

    /// <summary>The ways that the issue compares, and two that show what the cut into pieces does alone.</summary>
    public static IReadOnlyList<Contender> All(IReadOnlyList<string> keys)
    {
        ImmutableArray<ExtractedColumn> columns = [.. keys.Select((key, i) => new ExtractedColumn($"c{i}", key))];
        var alone = ExtractionSql.Render(new Extraction("p", columns), "p");
        var beside = ExtractionSql.Render(new Extraction("p", columns, "rest"), "p");
        var recipe = keys.Select(key => $"replaceRegexpAll(JSONExtractRaw(p, {Quote.Text(key)}), '^\"|\"$', '')");
        var lookups = string.Join(", ", keys.Select(key => $"m[{Quote.Text(key)}]"));
        return
        [
            new("recipe", $"SELECT {string.Join(", ", recipe)} FROM {Table}", Slow: true),
            new("once_parse", $"WITH {OnceMap} SELECT {lookups} FROM {Table}"),
            new("ours_columns", Ours(alone, alone.From(Table))),
            new("ours_columns_and_map", Ours(beside, beside.From(Table))),
            new("floor", $"SELECT isValidJSON(p) FROM {Table}"),
            new("once_parse_in_pieces", $"WITH {OnceMap} SELECT {lookups} FROM {alone.From(Table)}"),
            new("ours_columns_in_one", Ours(alone, Table)),
            new("ours_columns_and_map_in_one", Ours(beside, Table)),
        ];
    }

    private static string Ours(ExtractionSelect select, string from) =>
        $"WITH {string.Join(", ", select.With)} SELECT {string.Join(", ", select.Columns.Select(c => c.Sql))} FROM {from}";
}
