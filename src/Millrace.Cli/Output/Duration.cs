using System.Globalization;
using Millrace.Engine;

namespace Millrace.Cli.Output;

/// <summary>Times as they are typed and printed: <c>500ms</c>, <c>60s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c>.</summary>
public static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <exception cref="UserErrorException">The text is not a number with a unit.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text) ?? throw new UserErrorException($"`{text}` is not a time: write a number and its unit, such as 60s, 5m, 2h or 7d");

    public static TimeSpan? TryParse(string text)
    {
        foreach (var (unit, length) in Units)
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number <= 1_000_000)
                return number * length;
        return null;
    }

    /// <summary>In the largest unit that it fills, such as <c>3 min</c>.</summary>
    public static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds:0} ms",
        { TotalMinutes: < 2 } => $"{time.TotalSeconds:0} s",
        { TotalHours: < 2 } => $"{time.TotalMinutes:0} min",
        { TotalDays: < 2 } => $"{time.TotalHours:0} h",
        _ => $"{time.TotalDays:0} days",
    };
}
