using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Planning;

namespace Millrace.Core.Breaking;

/// <summary>One end that a TTL sets to rows: when, and to which of them.</summary>
/// <param name="Condition">Of the rows that it deletes; empty for all of them.</param>
public sealed partial record Lifetime(string Moment, string Condition)
{
    /// <summary>
    /// The elements of a TTL that delete, in the engine's canonical text; what moves or recompresses ends nothing. Null for
    /// one that aggregates rows: that is more than an end.
    /// </summary>
    public static ImmutableArray<Lifetime>? Of(string ttl) =>
        ttl.Contains(" GROUP BY ", StringComparison.Ordinal)
            ? null
            : [.. EngineClauses.TopLevelSplit(ttl).Select(element => element.Trim()).Where(element => element.Length > 0 && !Moves().IsMatch(element)).Select(Read)];

    private static Lifetime Read(string element)
    {
        var where = element.IndexOf(" WHERE ", StringComparison.Ordinal);
        var moment = where < 0 ? element : element[..where];
        return new(Delete().Replace(moment, ""), where < 0 ? "" : element[(where + " WHERE ".Length)..]);
    }

    [GeneratedRegex(@" (TO (DISK|VOLUME) '[^']*'|RECOMPRESS CODEC\(.*\))$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Moves();

    [GeneratedRegex(@" DELETE$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Delete();
}
