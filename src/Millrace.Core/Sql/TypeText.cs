namespace Millrace.Core.Sql;

/// <summary>Takes names of ClickHouse types apart, as far as generated SQL needs it.</summary>
public static class TypeText
{
    /// <summary>What is between the brackets of <c>wrapper(...)</c>; null when the type is no such one.</summary>
    public static string? Unwrap(string type, string wrapper)
    {
        var text = type.Trim();
        return text.StartsWith(wrapper + "(", StringComparison.Ordinal) && text.EndsWith(')')
            ? text[(wrapper.Length + 1)..^1].Trim()
            : null;
    }

    /// <summary>True when values of this type are text.</summary>
    public static bool IsText(string type) =>
        (Unwrap(type, "LowCardinality") ?? Unwrap(type, "Nullable")) is { } inner ? IsText(inner)
        : type.Trim() == "String" || Unwrap(type, "FixedString") is not null;

    /// <summary>True when a column of this type can hold NULL.</summary>
    public static bool CanBeNull(string type) =>
        Unwrap(type, "LowCardinality") is { } inner ? CanBeNull(inner)
        : Unwrap(type, "Nullable") is not null || Unwrap(type, "Variant") is not null || type.Trim().StartsWith("Dynamic", StringComparison.Ordinal);
}
