using Millrace.Core.Sql;

namespace Millrace.Core.Extracting;

/// <summary>
/// The texts that the recipe gives, without its cost. The server's typed extraction is fast, but it decodes strings
/// where the recipe keeps their JSON escapes, and has no value for a null where the recipe says "null". Either needs a
/// character sequence in the document that most documents do not have, so documents are told apart by looking for it.
/// </summary>
internal static class JsonText
{
    /// <summary>Pairs of property and text: <c>Array(Tuple(String, String))</c>, in the document's order; none for what is not an object.</summary>
    public static string Pairs(string source) =>
        $"if({Escapes(source)} > 0, {RawPairs(source)}, arrayMap(p -> (p.1, ifNull(p.2, 'null')), {DecodedPairs(source)}))";

    /// <summary>The same for any document, by the slower function that keeps escapes.</summary>
    public static string RawPairs(string source)
    {
        var trimmed = "substring(p.2, 1 + startsWith(p.2, '\"'), length(p.2) - 2 * startsWith(p.2, '\"'))";
        return $"arrayMap(p -> (p.1, {trimmed}), JSONExtractKeysAndValuesRaw({source}))";
    }

    /// <summary>Pairs of property and decoded value, NULL for a null: exact for a document without escapes.</summary>
    public static string DecodedPairs(string source) => $"JSONExtractKeysAndValues({source}, 'Nullable(String)')";

    /// <summary>
    /// 1 for a document that typed extraction may read differently: a strange one or one with a null. It must not use AND
    /// or OR: they are evaluated lazily, on copies of the remaining documents. Three letters of null are searched for by comparing
    /// vectors, four by a hash of each pair, in twice the time; "annul" then pays for a second look.
    /// </summary>
    public static string IsOdd(string source) =>
        $"{Escapes(source)} + position({source}, 'nul') + (NOT startsWith({source}, '{{')) > 0";

    /// <summary>1 for a document with escapes, or that is not plainly an object.</summary>
    public static string IsStrange(string source) => $"{Escapes(source)} + (NOT startsWith({source}, '{{')) > 0";

    /// <summary>
    /// Above 0 for a document whose strings the recipe may show differently from their decoded value: it has a
    /// backslash, or U+2028 or U+2029, which the recipe escapes even where the document does not. Their first byte alone is
    /// looked for before all three: no search is faster than one for a single byte.
    /// </summary>
    private static string Escapes(string source)
    {
        var separators = $"position({source}, char(226, 128, 168)) + position({source}, char(226, 128, 169))";
        return $"position({source}, {Quote.Text("\\")}) + if(position({source}, char(226)) > 0, {separators}, 0)";
    }
}
