using System.Text.RegularExpressions;

namespace Millrace.UnitTests;

/// <summary>The codes of findings that source files declare.</summary>
public static partial class FindingCodes
{
    public static IEnumerable<string> In(string file) => Literal().Matches(File.ReadAllText(file)).Select(m => m.Groups["code"].Value);

    [GeneratedRegex("\"(?<code>MR[0-9]{3})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literal();
}
