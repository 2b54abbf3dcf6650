namespace Millrace.Core.Model;

/// <summary>One property of the JSON object as a column.</summary>
/// <param name="Key">The JSON key, taken literally (a dot is part of the name).</param>
/// <param name="Type">ClickHouse type; missing keys give its default, or NULL when it is Nullable.</param>
public sealed record ExtractedColumn(string Name, string Key, string Type = "String", string? Codec = null);
