namespace Millrace.Core.Findings;

/// <summary>Names in a sentence.</summary>
public static class Named
{
    /// <summary>Each in backticks, with commas between them.</summary>
    public static string Of(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));
}
