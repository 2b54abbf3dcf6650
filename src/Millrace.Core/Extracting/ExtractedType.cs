using Millrace.Core.Sql;

namespace Millrace.Core.Extracting;

/// <summary>
/// Turns the text of a property into a value of a declared type. It never throws: one odd event must not stop a stream.
/// Text that does not convert becomes the type's default, or NULL when the type is Nullable.
/// </summary>
internal static class ExtractedType
{
    private static readonly string[] Scalars =
    [
        "Int", "UInt", "Float", "BFloat", "Decimal", "Bool", "Date", "UUID", "IPv4", "IPv6", "FixedString",
    ];

    public static bool IsNullable(string type) => TypeText.Unwrap(type, "LowCardinality") is { } inner
        ? IsNullable(inner)
        : TypeText.Unwrap(type, "Nullable") is not null;

    /// <summary>An expression of exactly <paramref name="type"/>.</summary>
    /// <param name="text">The property's text: String, empty when it is missing.</param>
    /// <param name="nullableText">The same as Nullable(String): NULL when it is missing or null.</param>
    public static string Convert(string type, string text, string nullableText)
    {
        if (TypeText.Unwrap(type, "LowCardinality") is { } dictionary)
            return $"CAST({Convert(dictionary, text, nullableText)}, {Quote.Text(type)})";
        return TypeText.Unwrap(type, "Nullable") is { } inner
            ? Plain(inner, nullableText, type.Trim(), "OrNull", "OrNull")
            : Plain(type.Trim(), text, type.Trim(), "OrDefault", "OrZero");
    }

    private static string Plain(string type, string text, string declared, string castSuffix, string parseSuffix)
    {
        if (type == "String")
            return text;
        if (IsTime(type))
            return $"CAST(parseDateTime64BestEffort{parseSuffix}({Dated(text)}, 9{ZoneOf(type)}), {Quote.Text(declared)})";
        if (type.StartsWith("Enum", StringComparison.Ordinal))
            return Enum(type, text, isNullable: type != declared);
        return Scalars.Any(scalar => type.StartsWith(scalar, StringComparison.Ordinal))
            ? $"accurateCast{castSuffix}({text}, {Quote.Text(type)})"
            : $"JSONExtract({text}, {Quote.Text(declared)})"; // Array, Map, Tuple, JSON, ...: the text is JSON itself.
    }

    /// <summary>A cast throws on an unknown name even in its OrNull form; JSONExtract gives NULL.</summary>
    private static string Enum(string type, string text, bool isNullable)
    {
        var known = $"JSONExtract(toJSONString({text}), {Quote.Text($"Nullable({type})")})";
        return isNullable ? known : $"ifNull({known}, defaultValueOfTypeName({Quote.Text(type)}))";
    }

    /// <summary>A time without a zone is read in the zone of the type; in the server's when it has none.</summary>
    private static string ZoneOf(string type) =>
        type.Split('\'') is [_, var zone, _] ? $", {Quote.Text(zone)}" : "";

    /// <summary>Nothing for under nine characters: they hold no whole date, and the server would fill in today's.</summary>
    private static string Dated(string text) => $"replaceRegexpOne({text}, '^.{{0,8}}$', '')";

    private static bool IsTime(string type) => type is "DateTime" or "DateTime32" or "DateTime64"
        || type.StartsWith("DateTime(", StringComparison.Ordinal)
        || type.StartsWith("DateTime64(", StringComparison.Ordinal);
}
