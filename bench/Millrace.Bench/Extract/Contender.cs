using System.Collections.Immutable;
using Millrace.Core.Extracting;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Bench.Extract;

/// <summary>One way to extract columns, as a SELECT over a table <c>events(p String)</c>.</summary>
/// <param name="Slow">Measured in fewer rounds, over one block of <c>one_block</c>.</param>
public sealed record Contender(string Name, string Sql, bool Slow = false)
{
    private const string Table = "events";
    private const string OneBlock = "one_block";

    private const string OnceMap = "CAST(JSONExtractKeysAndValues(p, 'Nullable(String)'), 'Map(String, Nullable(String))') AS m";

    private static readonly ExtractionSelect Pieces = new(["1 AS one"], []);

    /// <summary>The ways that are compared always.</summary>
    public static IReadOnlyList<Contender> Usual(IReadOnlyList<string> keys)
    {
        var columns = Columns(keys);
        return
        [
            new("recipe", $"SELECT {Each(keys, key => $"replaceRegexpAll(JSONExtractRaw(p, {key}), '^\"|\"$', '')")} FROM {OneBlock}", Slow: true),
            new("once_parse", $"WITH {OnceMap} SELECT {Each(keys, key => $"m[{key}]")} FROM {Table}"),
            new("ours_columns", Ours(ExtractionSql.Render(new Extraction("p", columns), "p"))),
            new("ours_columns_and_map", Ours(ExtractionSql.Render(new Extraction("p", columns, "rest"), "p"))),
            new("floor", $"SELECT isValidJSON(p) FROM {Table}"),
        ];
    }

    /// <summary>What else was considered. "In pieces" is with blocks cut as Millrace cuts them, the rest without.</summary>
    public static IReadOnlyList<Contender> Others(IReadOnlyList<string> keys, string messageFile)
    {
        var tuple = $"JSONExtract(p, {Quote.Text($"Tuple({Each(keys, key => $"`{key[1..^1]}` String")})")}) AS t";
        var typed = $"CAST(p, {Quote.Text($"JSON({Each(keys, key => $"`{key[1..^1]}` String")})")}) AS j";
        var arrays = "JSONExtractKeysAndValues(p, 'String') AS kv, kv.1 AS ks, kv.2 AS vs";
        var alone = ExtractionSql.Render(new Extraction("p", Columns(keys)), "p");
        var beside = ExtractionSql.Render(new Extraction("p", Columns(keys), "rest"), "p");
        return
        [
            new("json_extract_string", $"SELECT {Each(keys, key => $"JSONExtractString(p, {key})")} FROM {OneBlock}", Slow: true),
            new("typed_json", $"WITH {typed} SELECT {Each(keys, key => $"j.`{key[1..^1]}`")} FROM {OneBlock}", Slow: true),
            new("tuple_not_exact", $"WITH {tuple} SELECT {Each(keys, key => $"tupleElement(t, {key})")} FROM {Table}"),
            new("tuple_not_exact_in_pieces", $"WITH {tuple} SELECT {Each(keys, key => $"tupleElement(t, {key})")} {InPieces}"),
            new("arrays_in_pieces", $"WITH {arrays} SELECT {Each(keys, key => $"vs[indexOf(ks, {key})]")} {InPieces}"),
            new("once_parse_in_pieces", $"WITH {OnceMap} SELECT {Each(keys, key => $"m[{key}]")} {InPieces}"),
            new("ours_columns_not_in_pieces", Ours(alone, $"FROM {Table}")),
            new("ours_columns_and_map_not_in_pieces", Ours(beside, $"FROM {Table}")),
            .. FromMessages(keys, alone, messageFile),
        ];
    }

    /// <summary>The whole way from messages (<see cref="EventServer.MessageFile"/>) in which the properties are an object, not a string.</summary>
    private static IEnumerable<Contender> FromMessages(IReadOnlyList<string> keys, ExtractionSelect alone, string file)
    {
        var tuple = $"Tuple({Each(keys, key => $"`{key[1..^1]}` String")})";
        yield return new("message_to_string", $"SELECT uuid, p FROM {Messages(file, "String")}");
        yield return new("message_to_string_and_ours", Ours(alone, $"FROM {alone.From(Messages(file, "String"))} {alone.Settings}", "uuid, "));
        yield return new("message_to_tuple_not_exact", $"SELECT uuid, {Each(keys, key => $"tupleElement(p, {key})")} FROM {Messages(file, tuple)}");
        yield return new(
            "message_to_map_not_exact", $"SELECT uuid, {Each(keys, key => $"p[{key}]")} FROM {Messages(file, "Map(String, String)")}");
    }

    private static string InPieces => $"FROM {Pieces.From(Table)} {Pieces.Settings}";

    private static string Messages(string file, string type) =>
        $"file({Quote.Text(file)}, 'JSONEachRow', {Quote.Text($"uuid String, p {type}")})";

    private static ImmutableArray<ExtractedColumn> Columns(IReadOnlyList<string> keys) =>
        [.. keys.Select((key, i) => new ExtractedColumn($"c{i}", key))];

    /// <param name="sql">From a key as an SQL literal to an expression.</param>
    private static string Each(IReadOnlyList<string> keys, Func<string, string> sql) =>
        string.Join(", ", keys.Select(key => sql(Quote.Text(key))));

    private static string Ours(ExtractionSelect select) => Ours(select, $"FROM {select.From(Table)} {select.Settings}");

    private static string Ours(ExtractionSelect select, string from, string before = "") =>
        $"WITH {string.Join(", ", select.With)} SELECT {before}{string.Join(", ", select.Columns.Select(c => c.Sql))} {from}";
}
