using Millrace.Core.Rings;

namespace Millrace.Core.Planning;

/// <summary>What a changed ring means for a Distributed table, where the expressions themselves are too long to read.</summary>
internal static class RingWords
{
    /// <summary>Null when the change is not one of a ring.</summary>
    public static string? Of(string observed, string wanted) => (RingExpression.Values(observed), RingExpression.Values(wanted)) switch
    {
        ({ } now, { } then) when now.Length == then.Length && now.Zip(then).Count(pair => pair.First != pair.Second) is > 0 and var moved =>
            $"{moved} of {then.Length} layers of its ring go to another shard; stored rows stay where they are",
        ({ }, null) when IsUnsharded(wanted) => "layers of its ring moved: queries ask all shards",
        (null, { }) when IsUnsharded(observed) => "every row lies where its ring says: queries may skip shards",
        _ => null,
    };

    /// <summary>Cluster, database and table, and no sharding key.</summary>
    private static bool IsUnsharded(string engineFull) => EngineClauses.TopLevelSplit(engineFull["Distributed(".Length..^1]).Count() == 3;
}
