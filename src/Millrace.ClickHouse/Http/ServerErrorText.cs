using System.Text.RegularExpressions;
using Millrace.Engine.Nodes;

namespace Millrace.ClickHouse.Http;

/// <summary>Reads ClickHouse's error text: <c>Code: 60. DB::Exception: words. (UNKNOWN_TABLE) (version 26.7.2.1)</c>.</summary>
internal static partial class ServerErrorText
{
    /// <summary>The error that <paramref name="text"/> tells, or null when it is not ClickHouse's error text.</summary>
    public static ServerErrorException? TryParse(string text)
    {
        var headline = Headline().Match(text);
        if (!headline.Success)
            return null;

        var words = VersionSuffix().Replace(text[headline.Length..], "");
        var name = NameSuffix().Match(words);
        if (name.Success)
            words = words[..name.Index];
        var code = int.Parse(headline.Groups["code"].ValueSpan);
        return new ServerErrorException(code, name.Groups["name"].Value, words.Trim());
    }

    [GeneratedRegex(
        @"\A\s*Code: (?<code>\d{1,9})\. (e\.displayText\(\) = )?(\w+::)+Exception: ",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Headline();

    [GeneratedRegex(@"\s*\(version [^()]*(\([^()]*\))?\)\s*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionSuffix();

    [GeneratedRegex(@"\s*\((?<name>[A-Z][A-Z0-9_]*)\)\s*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameSuffix();
}
