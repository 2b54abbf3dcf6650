using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>A time span with its unit: <c>500ms</c>, <c>3s</c>, <c>2m</c>, <c>1h</c>; at most a day.</summary>
internal sealed partial class DurationShape : ScalarShape<TimeSpan>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public override string Noun => "a time such as `500ms`, `3s` or `2m`";

    protected override bool TryParse(string text, YamlScalar scalar, out TimeSpan value)
    {
        value = default;
        var match = Written().Match(text);
        if (!match.Success)
            return false;
        var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        value = match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
        return value > TimeSpan.Zero && value <= Longest;
    }

    protected override string? Fix(string text) =>
        text.Length is > 0 and < 9 && text.All(char.IsAsciiDigit) ? "add the unit: `ms`, `s`, `m` or `h`" : null;

    public override JsonObject Schema() => TextOrReference("^[0-9]{1,8}(ms|s|m|h)$");

    [GeneratedRegex("^(?<number>[0-9]{1,8})(?<unit>ms|s|m|h)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();
}
