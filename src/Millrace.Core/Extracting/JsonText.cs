using Millrace.Core.Sql;

namespace Millrace.Core.Extracting;

/// <summary>
/// The two ways to a property's text. The server's typed extraction is fast, but it decodes strings where the recipe
/// keeps their JSON escapes, and drops a null where the recipe says "null". Both differences need a character sequence
/// in the document that most documents do not have, so rows are told apart by looking for it.
/// </summary>
internal static class JsonText
{
    /// <summary>Characters that leave a string of a document without backslashes, yet are escaped again by the recipe: U+2028 and U+2029.</summary>
    private static readonly string[] EscapedSeparators = ["char(226, 128, 168)", "char(226, 128, 169)"];

    /// <summary>1 for a document whose strings the recipe may show differently from their decoded value.</summary>
    private static string HasEscapes(string source) => $"{Escapes(source)} > 0";

    /// <summary>
    /// 1 for a document that the fast way may read differently: one with escapes, with a null, or that is not plainly an
    /// object. It must not use AND or OR: they are evaluated lazily, on copies of the remaining documents.
    /// </summary>
    public static string IsOdd(string source) =>
        $"{Escapes(source)} + position({source}, 'null') + (NOT startsWith({source}, '{{')) > 0";

    /// <summary>The map of every property to its text, exact for any document; empty for one that is not an object.</summary>
    public static string ExactMap(string source)
    {
        var trimmed = "substring(p.2, 1 + startsWith(p.2, '\"'), length(p.2) - 2 * startsWith(p.2, '\"'))";
        var raw = Map($"p -> (p.1, {trimmed})", $"JSONExtractKeysAndValuesRaw({source})");
        var decoded = Map("p -> (p.1, ifNull(p.2, 'null'))", $"JSONExtractKeysAndValues({source}, 'Nullable(String)')");
        return $"if({HasEscapes(source)}, {raw}, {decoded})";
    }

    private static string Escapes(string source) =>
        $"position({source}, {Quote.Text("\\")})"
        + string.Concat(EscapedSeparators.Select(separator => $" + position({source}, {separator})"));

    private static string Map(string lambda, string pairs) =>
        $"CAST(arrayMap({lambda}, {pairs}), '{ExtractionSql.MapType}')";
}
