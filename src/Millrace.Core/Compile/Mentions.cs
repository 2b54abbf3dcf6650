using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Millrace.Core.Compile;

/// <summary>
/// Which definitions mention which names: more than what really depends on each other, never less. Nothing is parsed; a name
/// that only stands in a text counts too.
/// </summary>
public sealed partial class Mentions
{
    private readonly ILookup<string, string> forward;
    private readonly ILookup<string, string> backward;

    public Mentions(IReadOnlyCollection<(string Name, string Text)> definitions)
    {
        var names = definitions.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var odd = names.Where(name => Word().Match(name).Value != name).ToDictionary(name => name, PlainPart, StringComparer.Ordinal);
        var pairs = definitions.SelectMany(item => Word().Matches(item.Text).Select(match => match.Value).Where(names.Contains)
                .Concat(odd.Where(other => item.Text.Contains(other.Value, StringComparison.Ordinal)).Select(other => other.Key))
                .Where(other => other != item.Name)
                .Select(other => (From: item.Name, To: other)))
            .Distinct()
            .ToList();
        forward = pairs.ToLookup(pair => pair.From, pair => pair.To, StringComparer.Ordinal);
        backward = pairs.ToLookup(pair => pair.To, pair => pair.From, StringComparer.Ordinal);
    }

    /// <summary>What a definition mentions.</summary>
    public IEnumerable<string> By(string name) => forward[name];

    /// <summary>Who mentions a name.</summary>
    public IEnumerable<string> Of(string name) => backward[name];

    /// <summary>The names and all that they mention, however indirectly.</summary>
    public ImmutableSortedSet<string> Needed(params IEnumerable<string> names) => Reach(names, name => forward[name]);

    /// <summary>The names and all that has to do with them, in either direction.</summary>
    public ImmutableSortedSet<string> Connected(params IEnumerable<string> names) => Reach(names, name => forward[name].Concat(backward[name]));

    /// <summary>The names and all that can be reached from them, step by step.</summary>
    public static ImmutableSortedSet<string> Reach(IEnumerable<string> start, Func<string, IEnumerable<string>> next)
    {
        var reached = start.ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var name))
            foreach (var other in next(name).Where(reached.Add))
                open.Enqueue(other);
        return reached.ToImmutableSortedSet(StringComparer.Ordinal);
    }

    /// <summary>Quotes, backslashes and the like are written in several ways; the longest run of plain characters is in all of them.</summary>
    private static string PlainPart(string name) => Word().Matches(name).Select(match => match.Value).MaxBy(part => part.Length) ?? "";

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
