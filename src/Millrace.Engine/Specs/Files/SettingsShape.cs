using System.Collections.Immutable;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>Settings by name: numbers, flags and text are all kept as they were written.</summary>
internal static class SettingsShape
{
    public static MapShape<string> Of(string plural) => new(Text.SettingName, new SettingValueShape(), plural);

    public static ImmutableSortedDictionary<string, string> Sorted(
        ImmutableArray<KeyValuePair<string, string>> settings) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, settings);
}
