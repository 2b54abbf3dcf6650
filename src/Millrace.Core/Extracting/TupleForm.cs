using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Extracting;

/// <summary>
/// Every column from one tuple of the wanted properties: the fastest way when no map is wanted. Odd documents take
/// their columns from a map instead, which is built for those rows only.
/// </summary>
internal static class TupleForm
{
    private const string Odd = "_json_odd";
    private const string Exact = "_json_exact";
    private const string Plain = "_json_plain";
    private const string FromMap = "_json_from_map";

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
                $"{JsonText.IsOdd(source)} AS {Odd}",
                $"if({Odd}, {JsonText.ExactMap(source)}, CAST(map(), '{ExtractionSql.MapType}')) AS {Exact}",
                $"JSONExtract({source}, {TupleType(elements)}) AS {Plain}",
                // What stands only in branches of if() is evaluated anew in every one of them, on copies of the rows it
                // concerns. ignore() uses both outside of any branch, so that each is evaluated once.
                $"{Odd} + ignore({Exact}, {Plain}) > 0 AS {FromMap}",
            ],
            [.. columns.Select(column => new ExtractedExpression(column.Name, column.Type, Column(column, nullable[column.Key])))]);
    }

    private static string Column(ExtractedColumn column, bool isNullable)
    {
        var element = $"tupleElement({Plain}, {Quote.Text(column.Key)})";
        var text = isNullable ? $"ifNull({element}, '')" : element;
        return ExtractedType.Convert(
            column.Type,
            $"if({FromMap}, {MapForm.Text(Exact, column.Key)}, {text})",
            $"if({FromMap}, {MapForm.NullableText(Exact, column.Key)}, {element})");
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
