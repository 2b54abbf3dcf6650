using System.Collections.Immutable;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Observe;

/// <summary>What a server tells only to users with the grants to see it; null means that this user may not.</summary>
internal static class RestrictedFacts
{
    /// <summary>The profile whose settings background work runs with.</summary>
    private const string DefaultProfile = "default";

    /// <summary>Settings that decide whether a stream loses rows, with the names that older servers use.</summary>
    private static readonly ImmutableDictionary<string, string> StreamingSettings = new Dictionary<string, string>
    {
        ["distributed_foreground_insert"] = "distributed_foreground_insert",
        ["insert_distributed_sync"] = "distributed_foreground_insert",
    }.ToImmutableDictionary();

    public static Task<ImmutableSortedSet<string>?> ReadCollectionsAsync(INodeConnection node, CancellationToken cancel) =>
        IfAllowed(async () =>
        {
            var answer = await node.QueryAsync(
                "SELECT name FROM system.named_collections FORMAT JSONCompactEachRow", cancel: cancel);
            return ParseCollections(answer);
        });

    public static Task<ImmutableSortedDictionary<string, string>?> ReadStreamingSettingsAsync(
        INodeConnection node, CancellationToken cancel) =>
        IfAllowed(async () =>
        {
            var names = string.Join(", ", StreamingSettings.Keys.Order().Select(Core.Sql.Quote.Text));
            var answer = await node.QueryAsync(
                $"""
                SELECT '' AS profile, -1 AS position, name, default AS value, '' AS parent
                FROM system.settings WHERE name IN ({names})
                UNION ALL
                SELECT profile_name, index, ifNull(setting_name, ''), ifNull(value, ''), ifNull(inherit_profile, '')
                FROM system.settings_profile_elements
                WHERE profile_name IS NOT NULL AND (setting_name IN ({names}) OR inherit_profile IS NOT NULL)
                ORDER BY profile, position
                FORMAT JSONCompactEachRow
                """,
                cancel: cancel);
            return Resolve(ParseElements(answer));
        });

    private static ImmutableSortedSet<string> ParseCollections(byte[] answer)
    {
        var names = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var row = new RowReader(answer);
        while (row.NextRow())
            names.Add(row.Text());
        return names.ToImmutable();
    }

    private static List<ProfileElement> ParseElements(byte[] answer)
    {
        var elements = new List<ProfileElement>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            var profile = row.Text();
            row.Integer();
            elements.Add(new ProfileElement(profile, row.Text(), row.Text(), row.Text()));
        }

        return elements;
    }

    /// <summary>The server's defaults, overridden by the default profile and its parents, each in the order they are written.</summary>
    internal static ImmutableSortedDictionary<string, string> Resolve(IReadOnlyCollection<ProfileElement> elements)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Apply("", depth: 0);
        Apply(DefaultProfile, depth: 0);
        return values.ToImmutable();

        void Apply(string profile, int depth)
        {
            foreach (var element in elements.Where(e => e.Profile == profile))
                if (element.Parent.Length > 0 && depth < 16)
                    Apply(element.Parent, depth + 1);
                else if (StreamingSettings.TryGetValue(element.Setting, out var name))
                    values[name] = element.Value;
        }
    }

    private static async Task<T?> IfAllowed<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (ServerErrorException error) when (error.IsAccessError)
        {
            return null;
        }
    }
}
