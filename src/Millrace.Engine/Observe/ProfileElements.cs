using Millrace.Engine.Nodes;
using Millrace.Core.Sql;

namespace Millrace.Engine.Observe;

/// <summary>Reads the lines of settings profiles, and walks them in the order that the server applies them.</summary>
internal static class ProfileElements
{
    private const int DeepestInheritance = 16;

    /// <summary>The server's defaults (under an empty profile name) and every profile's lines about <paramref name="settings"/>.</summary>
    public static string Query(IEnumerable<string> settings)
    {
        var names = string.Join(", ", settings.Order(StringComparer.Ordinal).Select(Quote.Text));
        return $"""
            SELECT profile, setting, setting_value, parent FROM (
              SELECT '' AS profile, toUInt64(0) AS position, name AS setting, default AS setting_value, '' AS parent
              FROM system.settings WHERE name IN ({names})
              UNION ALL
              SELECT ifNull(profile_name, ''), index, ifNull(setting_name, ''), ifNull(value, ''), ifNull(inherit_profile, '')
              FROM system.settings_profile_elements
              WHERE profile_name IS NOT NULL AND (setting_name IN ({names}) OR inherit_profile IS NOT NULL))
            ORDER BY profile, position
            FORMAT JSONCompactEachRow
            """;
    }

    public static List<ProfileElement> Parse(byte[] answer)
    {
        var elements = new List<ProfileElement>();
        var row = new RowReader(answer);
        while (row.NextRow())
            elements.Add(new ProfileElement(row.Text(), row.Text(), row.Text(), row.Text()));
        return elements;
    }

    /// <summary>The settings of a profile and its parents, each where it stands; later ones override earlier ones.</summary>
    public static void Walk(IReadOnlyCollection<ProfileElement> elements, string profile, Action<ProfileElement> visit, int depth = 0)
    {
        foreach (var element in elements.Where(e => e.Profile == profile))
            if (element.Parent.Length == 0)
                visit(element);
            else if (depth < DeepestInheritance)
                Walk(elements, element.Parent, visit, depth + 1);
    }
}
