using System.Globalization;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Reads settings of a leg as ClickHouse would.</summary>
internal static class KafkaSetting
{
    /// <summary>True when the setting is given and is not zero or false.</summary>
    public static bool IsOn(Leg leg, string name) => leg.Settings.TryGetValue(name, out var text) && !IsZero(text);

    /// <summary>True when the setting is given as zero or false.</summary>
    public static bool IsOff(Leg leg, string name) => leg.Settings.TryGetValue(name, out var text) && IsZero(text);

    /// <summary>The value of a numeric setting; null when it is absent or no number.</summary>
    public static long? Number(Leg leg, string name) =>
        leg.Settings.TryGetValue(name, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static bool IsZero(string text) =>
        text.Trim() is "" or "0" || text.Trim().Equals("false", StringComparison.OrdinalIgnoreCase);
}
