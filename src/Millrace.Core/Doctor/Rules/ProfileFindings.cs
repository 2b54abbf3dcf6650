using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>The profiles of a node that give a setting an unwanted value.</summary>
internal static class ProfileFindings
{
    public static string? Profiles(NodeVitals node, string setting, Func<SettingValue, bool> unwanted)
    {
        if (node.Profiles is null)
            return null;
        var names = node.Profiles.Where(p => p.Value.TryGetValue(setting, out var value) && unwanted(value)).Select(p => $"`{p.Key}`").ToList();
        return names.Count == 0 ? null : $"{(names.Count == 1 ? "profile" : "profiles")} {string.Join(", ", names)}";
    }
}
