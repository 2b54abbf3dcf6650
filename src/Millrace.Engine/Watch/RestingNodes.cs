using System.Collections.Immutable;

namespace Millrace.Engine.Watch;

/// <summary>Nodes that are left alone for a while because repairing them failed; each time for twice as long.</summary>
internal sealed class RestingNodes(WatchOptions options, TimeProvider time)
{
    private readonly Dictionary<string, (TimeSpan Time, DateTimeOffset Until)> rests = new(StringComparer.Ordinal);

    public ImmutableHashSet<string> Now()
    {
        var now = time.GetUtcNow();
        return [.. rests.Where(rest => rest.Value.Until > now).Select(rest => rest.Key)];
    }

    /// <returns>For how long.</returns>
    public TimeSpan Add(string node)
    {
        var rest = rests.TryGetValue(node, out var before) && before.Time > TimeSpan.Zero ? before.Time * 2 : options.FirstRest;
        if (rest > options.LongestRest)
            rest = options.LongestRest;
        rests[node] = (rest, time.GetUtcNow() + rest);
        return rest;
    }

    /// <summary>For a reason that is not the node's: the time does not grow.</summary>
    public void AddBriefly(string node) => rests[node] = (rests.GetValueOrDefault(node).Time, time.GetUtcNow() + options.FirstRest);

    public void Forget(string node) => rests.Remove(node);
}
