using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Millrace.Engine.Breaking;

/// <summary>Values for the parameters of a view, such as <c>{team_id:Int64}</c>: without any it can be neither described nor read.</summary>
internal static partial class QueryParameters
{
    public static FrozenDictionary<string, string> None { get; } = FrozenDictionary<string, string>.Empty;

    /// <summary>As settings of a statement.</summary>
    public static IReadOnlyDictionary<string, string> Of(string select) =>
        Parameter().Matches(select).DistinctBy(match => match.Groups["name"].Value)
            .ToDictionary(match => $"param_{match.Groups["name"].Value}", match => ValueOf(match.Groups["type"].Value), StringComparer.Ordinal);

    private static string ValueOf(string type)
    {
        var name = type.Replace("Nullable(", "", StringComparison.Ordinal).Replace("LowCardinality(", "", StringComparison.Ordinal);
        return name switch
        {
            _ when name.StartsWith("Array", StringComparison.Ordinal) => "[]",
            _ when name.StartsWith("Map", StringComparison.Ordinal) => "{}",
            _ when name.StartsWith("DateTime", StringComparison.Ordinal) => "2026-01-02 03:04:05",
            _ when name.StartsWith("Date", StringComparison.Ordinal) => "2026-01-02",
            _ when name.StartsWith("UUID", StringComparison.Ordinal) => "61f0c404-5cb3-11e7-907b-a6006ad3dba0",
            _ => "1",
        };
    }

    [GeneratedRegex(@"\{\s*(?<name>[A-Za-z_]\w*)\s*:\s*(?<type>[A-Za-z][^{}]*?)\s*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
