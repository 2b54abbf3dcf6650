using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Extracting;

/// <summary>
/// Every column from one tuple of the wanted properties: the fastest way when no map is wanted. An odd document is
/// first made a plain one: the properties that typed extraction would read differently are put in front of the others,
/// as strings of their exact text. Of two properties with one name the first counts, as in the recipe.
/// </summary>
internal static class TupleForm
{
    private const string Plain = "_json_plain";
    private const string Properties = "_json";

    /// <summary>False when a key cannot be the name of a tuple's element.</summary>
    public static bool CanHold(ImmutableArray<ExtractedColumn> columns) =>
        columns.All(column => column.Key is not ("" or "null"));

    public static ExtractionSelect Render(ImmutableArray<ExtractedColumn> columns, string source)
    {
        var nullable = columns
            .GroupBy(column => column.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Any(c => ExtractedType.IsNullable(c.Type)), StringComparer.Ordinal);
        var elements = columns
            .Select(column => column.Key)
            .Distinct(StringComparer.Ordinal)
            .Select(key => $"{Element(key)} {(nullable[key] ? "Nullable(String)" : "String")}");
        return new(
            [
                // IF evaluates a branch only on the rows that take it, so plain documents pay for the test and no more.
                $"if({JsonText.IsOdd(source)}, if({JsonText.IsStrange(source)}, {Corrected(source)}, {WithNulls(source)}), {source}) AS {Plain}",
                $"JSONExtract({Plain}, {TupleType(elements)}) AS {Properties}",
            ],
            [.. columns.Select(column => new ExtractedExpression(column.Name, column.Type, Column(column, nullable[column.Key])))]);
    }

    /// <summary>
    /// The document with exact texts in front: all escapes have a backslash, in the text of the recipe too. What has no
    /// properties becomes no JSON.
    /// </summary>
    private static string Corrected(string source)
    {
        var wanted = $"n = 1 AND (p.2 = 'null' OR position(p.2, {Quote.Text("\\")}) > 0)";
        var texts = "arrayMap(p -> concat(toJSONString(p.1), ':', toJSONString(p.2), ','), "
            + $"arrayFilter((p, n) -> {wanted}, ps, arrayEnumerateUniq(ps.1)))";
        return $"concat(arrayMap(ps -> if(empty(ps), '}}', concat('{{', arrayStringConcat({texts}))), [{JsonText.RawPairs(source)}])[1], "
            + $"substring({source}, position({source}, '{{') + 1))";
    }

    /// <summary>The document, an object without escapes, with its nulls in front as strings.</summary>
    private static string WithNulls(string source)
    {
        var nulls = "arrayFilter((k, v, n) -> isNull(v) AND n = 1, ps.1, ps.2, arrayEnumerateUniq(ps.1))";
        var texts = $"arrayMap(ps -> arrayMap(k -> concat(toJSONString(k), ':\"null\",'), {nulls}), [{JsonText.DecodedPairs(source)}])[1]";
        return $"concat('{{', arrayStringConcat({texts}), substring({source}, 2))";
    }

    private static string Column(ExtractedColumn column, bool isNullable)
    {
        var element = $"tupleElement({Properties}, {Quote.Text(column.Key)})";
        var text = isNullable ? $"ifNull({element}, '')" : element;
        return ExtractedType.Convert(column.Type, text, $"nullIf({element}, 'null')");
    }

    /// <summary>The type as a concatenation, so that each property stands on a line of its own.</summary>
    private static string TupleType(IEnumerable<string> elements)
    {
        var lines = elements.Select((element, i) => Quote.Text((i == 0 ? "" : ", ") + element));
        return $"concat('Tuple(',\n        {string.Join(",\n        ", lines)},\n        ')')";
    }

    private static string Element(string key) =>
        $"`{key.Replace("\\", "\\\\").Replace("`", "\\`").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\0", "\\0")}`";
}
