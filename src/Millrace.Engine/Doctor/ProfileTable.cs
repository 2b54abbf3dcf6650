using System.Collections.Immutable;
using Millrace.Core.Doctor;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Doctor;

/// <summary>The lines of every settings profile of a node, from which any profile can be resolved.</summary>
internal sealed class ProfileTable(IReadOnlyList<ProfileElement> elements)
{
    private const string DefaultProfile = "default";

    /// <summary>Every profile as its users get it: the server's defaults, the default profile, then the profile itself.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, SettingValue>> ForUsers() =>
        elements.Select(e => e.Profile).Where(p => p.Length > 0).Append(DefaultProfile).Distinct(StringComparer.Ordinal)
            .ToImmutableSortedDictionary(profile => profile, profile => Resolve("", DefaultProfile, profile), StringComparer.Ordinal);

    /// <summary>Background work gets the server's defaults and its own profile, and not the default one.</summary>
    public ImmutableSortedDictionary<string, SettingValue> ForBackground(string profile) => Resolve("", profile);

    private ImmutableSortedDictionary<string, SettingValue> Resolve(params ReadOnlySpan<string> profiles)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, SettingValue>(StringComparer.Ordinal);
        foreach (var profile in profiles)
            ProfileElements.Walk(elements, profile, element => values[element.Setting] = new SettingValue(element.Value, profile.Length > 0));
        return values.ToImmutable();
    }
}
