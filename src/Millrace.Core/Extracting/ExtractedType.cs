using Millrace.Core.Sql;

namespace Millrace.Core.Extracting;

/// <summary>
/// Turns the text of a property into a value of a declared type. It never throws: one odd event must not stop a stream.
/// Text that does not convert becomes the type's default, or NULL when the type is Nullable.
/// </summary>
internal static class ExtractedType
{
    public static bool IsNullable(string type) => Unwrap(type, "LowCardinality") is { } inner
        ? IsNullable(inner)
        : Unwrap(type, "Nullable") is not null;

    /// <summary>An expression of exactly <paramref name="type"/> over <paramref name="text"/>, an expression of type String.</summary>
    /// <param name="present">For Nullable types: whether the property exists at all.</param>
    public static string Convert(string text, string type, string present)
    {
        if (Unwrap(type, "LowCardinality") is { } dictionary)
            return $"CAST({Convert(text, dictionary, present)}, {Quote.Text(type)})";
        var nullable = Unwrap(type, "Nullable");
        var plain = nullable ?? type.Trim();
        if (plain == "String")
            return nullable is null ? text : $"if({present}, {text}, NULL)";
        if (IsDateTime(plain))
            return DateTime(text, type, nullable is null ? "OrZero" : "OrNull");
        if (IsNested(plain))
            return $"JSONExtract({text}, {Quote.Text(type)})";
        // A cast to Enum throws on an unknown name even in its OrNull form; JSONExtract does not.
        if (plain.StartsWith("Enum", StringComparison.Ordinal))
            return $"JSONExtract(toJSONString({text}), {Quote.Text(type)})";
        return nullable is null
            ? $"accurateCastOrDefault({text}, {Quote.Text(plain)})"
            : $"accurateCastOrNull({text}, {Quote.Text(plain)})";
    }

    /// <summary>
    /// Times in any common notation, also seconds since 1970. Under nine characters there is no whole date, and the
    /// server would fill in today's.
    /// </summary>
    private static string DateTime(string text, string type, string suffix) =>
        $"CAST(parseDateTime64BestEffort{suffix}(if(length({text}) > 8, {text}, ''), 9, 'UTC'), {Quote.Text(type)})";

    private static bool IsDateTime(string type) => type is "DateTime" or "DateTime64"
        || type.StartsWith("DateTime(", StringComparison.Ordinal) || type.StartsWith("DateTime64(", StringComparison.Ordinal);

    private static bool IsNested(string type) => type.StartsWith("Array(", StringComparison.Ordinal)
        || type.StartsWith("Map(", StringComparison.Ordinal) || type.StartsWith("Tuple(", StringComparison.Ordinal);

    private static string? Unwrap(string type, string wrapper)
    {
        var text = type.Trim();
        return text.StartsWith(wrapper + "(", StringComparison.Ordinal) && text.EndsWith(')')
            ? text[(wrapper.Length + 1)..^1].Trim()
            : null;
    }
}
