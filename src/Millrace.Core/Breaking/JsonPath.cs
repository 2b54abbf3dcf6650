using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Core.Planning;

namespace Millrace.Core.Breaking;

/// <summary>A path in JSON values that a type or a SELECT names, so that values must have it to show anything.</summary>
/// <param name="Name">As in <c>a.b</c>, without quotes.</param>
/// <param name="Type">The type that it is given; null when it is only named.</param>
public sealed partial record JsonPath(string Name, string? Type)
{
    /// <summary>The paths that the types <c>JSON(...)</c> in a text name: types, or statements.</summary>
    public static ImmutableArray<JsonPath> In(string text)
    {
        var found = ImmutableArray.CreateBuilder<JsonPath>();
        foreach (Match match in Opening().Matches(text))
            foreach (var argument in EngineClauses.TopLevelSplit(EngineClauses.Inside(text, match.Index + match.Length - 1)))
                if (Read(argument.Trim()) is { } path)
                    found.Add(path);
        return [.. found.Distinct()];
    }

    /// <summary>The path that a subcolumn stands for: <c>j.a.b.:`Int64`</c> of the column <c>j</c>; null for another column.</summary>
    public static JsonPath? OfSubcolumn(string column, string name)
    {
        if (!name.StartsWith($"{column}.", StringComparison.Ordinal))
            return null;
        var path = name[(column.Length + 1)..].TrimStart('^').Replace("[]", "", StringComparison.Ordinal);
        var typed = path.IndexOf(".:", StringComparison.Ordinal);
        var (bare, type) = typed < 0 ? (path, null) : (path[..typed], path[(typed + 2)..].Split('`', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault());
        return bare.Length == 0 ? null : new JsonPath(bare.Replace("`", "", StringComparison.Ordinal), type);
    }

    private static JsonPath? Read(string argument)
    {
        if (argument.Length == 0 || Parameter().IsMatch(argument))
            return null;
        if (Pattern().Match(argument) is { Success: true } pattern)
            return new JsonPath(Example(pattern.Groups["pattern"].Value.Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)), null);
        var isSkipped = argument.StartsWith("SKIP ", StringComparison.OrdinalIgnoreCase);
        var named = Named().Match(isSkipped ? argument[5..].Trim() : argument);
        var (name, type) = (named.Groups["name"].Value.Replace("`", "", StringComparison.Ordinal), named.Groups["type"].Value.Trim());
        return !named.Success || (!isSkipped && type.Length == 0) ? null : new JsonPath(name, isSkipped ? null : type);
    }

    /// <summary>A path that a plain pattern matches; of one that is not plain, perhaps none.</summary>
    private static string Example(string pattern)
    {
        var (example, last) = (new StringBuilder(), "");
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c is '^' or '$' or '*' or '+' or '?' or ')')
                continue;
            if (c is '(')
            {
                i += string.CompareOrdinal(pattern, i + 1, "?:", 0, 2) == 0 ? 2 : 0;
                continue;
            }

            if (c == '|')
                i = pattern.IndexOf(')', i) is var close and >= 0 ? close : pattern.Length; // The first of several will do.
            else if (c == '[' && pattern.IndexOf(']', i) is var end && end > i + 1)
            {
                last = pattern[i + 1] == '^' ? "x" : pattern[i + 1].ToString();
                example.Append(last);
                i = end;
            }
            else if (c == '{' && pattern.IndexOf('}', i) is var until && until > i)
            {
                if (int.TryParse(pattern[(i + 1)..until].Split(',')[0], out var times) && times is > 1 and < 100)
                    example.Append(string.Concat(Enumerable.Repeat(last, times - 1)));
                i = until;
            }
            else
            {
                last = c == '.' ? "x" : c != '\\' ? c.ToString() : i + 1 < pattern.Length ? Escaped(pattern[++i]) : "";
                example.Append(last);
            }
        }

        return example.ToString();
    }

    private static string Escaped(char c) => c switch { 'd' => "1", 'w' => "a", 's' => " ", _ => c.ToString() };

    [GeneratedRegex(@"\bJSON\s*\(", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^\s*max_dynamic_\w+\s*=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^SKIP\s+REGEXP\s+'(?<pattern>.*)'$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(?<name>(`[^`]+`|\w+)(\.(`[^`]+`|\w+))*)(\s+(?<type>.+))?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
