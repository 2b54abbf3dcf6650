using YamlDotNet.Core;

namespace Millrace.Engine.Specs.Yaml;

/// <summary>Says in a user's words what the YAML scanner says in its own.</summary>
internal static class YamlProblem
{
    private const int LongestText = 200;

    public static string Describe(YamlException error)
    {
        var text = error.InnerException is null ? error.Message : $"{error.Message} {error.InnerException.Message}";
        // Values never belong here: the scanner names characters and tokens only, but a long text helps nobody.
        text = text.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return text.Length <= LongestText ? Lower(text) : Lower(text[..LongestText]) + "...";
    }

    public static string? Fix(YamlException error) => error.Message switch
    {
        var text when text.Contains("tab", StringComparison.OrdinalIgnoreCase) => "indent with spaces, not tabs",
        var text when text.Contains("simple key", StringComparison.OrdinalIgnoreCase) => "write `key: value`, with a colon and a space",
        var text when text.Contains("mapping values are not allowed", StringComparison.OrdinalIgnoreCase)
            || text.Contains("block mapping", StringComparison.OrdinalIgnoreCase)
            => "check the indentation, and put quotes around a value that contains `: `",
        var text when text.Contains("flow", StringComparison.OrdinalIgnoreCase) => "close every `[` and `{`, and put quotes around values that contain `,`, `[` or `{`",
        var text when text.Contains("quoted scalar", StringComparison.OrdinalIgnoreCase) => "close the quotation mark",
        _ => null,
    };

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
