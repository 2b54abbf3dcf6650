using System.Globalization;
using System.Text.RegularExpressions;

namespace Millrace.Core.Planning;

/// <summary>Whether another TTL can make the server delete rows that it would have kept.</summary>
internal static partial class TtlChange
{
    /// <summary>Only a TTL that is removed, or that is the same with longer intervals, surely deletes nothing more.</summary>
    public static bool MayDelete(string now, string then)
    {
        if (then.Length == 0 || now == then)
            return false;
        if (Interval().Replace(now, "") != Interval().Replace(then, ""))
            return true;
        return Lengths(now).Zip(Lengths(then)).Any(pair => pair.Second < pair.First);
    }

    private static IEnumerable<long> Lengths(string ttl) =>
        Interval().Matches(ttl).Select(match => long.Parse(match.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>The server writes every interval as <c>toIntervalDay(90)</c>.</summary>
    [GeneratedRegex(@"(?<=toInterval\w+\()[0-9]{1,18}(?=\))", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Interval();
}
