using System.Collections.Immutable;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Observe;

/// <summary>What a server tells only to users with the grants to see it; null means that this user may not.</summary>
internal static class RestrictedFacts
{
    /// <summary>Settings that decide whether a stream loses rows, with the names that older servers use.</summary>
    private static readonly ImmutableDictionary<string, string> StreamingSettings = new Dictionary<string, string>
    {
        ["distributed_foreground_insert"] = "distributed_foreground_insert",
        ["insert_distributed_sync"] = "distributed_foreground_insert",
    }.ToImmutableDictionary();

    /// <summary>The server leaves out what a user may not see, so an empty list needs a second look.</summary>
    public static async Task<ImmutableSortedSet<string>?> ReadCollectionsAsync(INodeConnection node, CancellationToken cancel)
    {
        var names = await IfAllowed(async () => ParseCollections(await node.QueryAsync(
            "SELECT name FROM system.named_collections FORMAT JSONCompactEachRow", cancel: cancel)));
        return names is { IsEmpty: true } && !await MaySeeCollectionsAsync(node, cancel) ? null : names;
    }

    private static async Task<bool> MaySeeCollectionsAsync(INodeConnection node, CancellationToken cancel)
    {
        try
        {
            var answer = await node.QueryAsync("CHECK GRANT SHOW NAMED COLLECTIONS ON *", cancel: cancel);
            return answer.AsSpan().StartsWith("1"u8);
        }
        catch (ServerErrorException error) when (error.IsAccessError || error.Name == "SYNTAX_ERROR")
        {
            return false; // Older servers do not know the statement: then it stays unknown.
        }
    }

    public static Task<ImmutableSortedDictionary<string, string>?> ReadStreamingSettingsAsync(
        INodeConnection node, string profile, CancellationToken cancel) =>
        IfAllowed(async () =>
        {
            var answer = await node.QueryAsync(ProfileElements.Query(StreamingSettings.Keys), cancel: cancel);
            return Resolve(ProfileElements.Parse(answer), profile);
        });

    private static ImmutableSortedSet<string> ParseCollections(byte[] answer)
    {
        var names = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var row = new RowReader(answer);
        while (row.NextRow())
            names.Add(row.Text());
        return names.ToImmutable();
    }

    /// <summary>The server's defaults, overridden by the profile and its parents, each in the order they are written.</summary>
    internal static ImmutableSortedDictionary<string, string> Resolve(
        IReadOnlyCollection<ProfileElement> elements, string background = "default")
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        ProfileElements.Walk(elements, "", Set);
        ProfileElements.Walk(elements, background, Set);
        return values.ToImmutable();

        void Set(ProfileElement element)
        {
            if (StreamingSettings.TryGetValue(element.Setting, out var name))
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
