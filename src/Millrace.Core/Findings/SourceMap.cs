using System.Collections.Immutable;

namespace Millrace.Core.Findings;

/// <summary>
/// Where each declared value stands in the user's files, by path such as <c>pipelines.events.legs[0].consumers</c>.
/// Kept beside the model, so that two equal declarations are equal wherever they were written.
/// </summary>
public sealed class SourceMap(ImmutableDictionary<string, SourceRef> places)
{
    public static SourceMap Empty { get; } = new(ImmutableDictionary<string, SourceRef>.Empty);

    /// <summary>The place of <paramref name="path"/>, or of its nearest declared parent; null when nothing is known.</summary>
    public SourceRef? Find(string path)
    {
        for (var key = path; key.Length > 0; key = Parent(key))
            if (places.TryGetValue(key, out var place))
                return place;
        return null;
    }

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
}
