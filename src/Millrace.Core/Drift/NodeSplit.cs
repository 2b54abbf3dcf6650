using System.Collections.Immutable;

namespace Millrace.Core.Drift;

/// <summary>Something that nodes of one role should have in common, and have not.</summary>
/// <param name="What">Such as <c>server version</c>, <c>cluster data</c> or <c>unmanaged default.tmp</c>.</param>
/// <param name="Sides">The largest group of agreeing nodes first.</param>
public sealed record NodeSplit(string Role, string What, ImmutableArray<NodeSplit.Side> Sides)
{
    /// <summary>Nodes that agree with each other.</summary>
    public sealed record Side(string Value, ImmutableArray<string> Nodes);

    /// <summary>The nodes grouped by value; null when all agree.</summary>
    public static NodeSplit? Of(string role, string what, IEnumerable<(string Node, string Value)> values)
    {
        var sides = values.GroupBy(pair => pair.Value, pair => pair.Node, StringComparer.Ordinal)
            .Select(side => new Side(side.Key, [.. side]))
            .OrderByDescending(side => side.Nodes.Length).ThenBy(side => side.Value, StringComparer.Ordinal)
            .ToImmutableArray();
        return sides.Length > 1 ? new NodeSplit(role, what, sides) : null;
    }
}
