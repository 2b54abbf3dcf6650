namespace Millrace.Core.Planning;

/// <summary>
/// The parts of <c>system.tables.engine_full</c> that can change in place, split from those that cannot. The text is
/// the server's own canonical form, so clause words stand at the top level exactly once.
/// </summary>
/// <param name="Head">Engine with arguments, and keys.</param>
/// <param name="Ttl">The TTL clause without its word; empty when there is none.</param>
/// <param name="Settings">Settings by name, values as written.</param>
public sealed record EngineClauses(string Head, string Ttl, IReadOnlyDictionary<string, string> Settings)
{
    public static EngineClauses Read(string engineFull)
    {
        var (beforeSettings, settings) = CutLast(engineFull, " SETTINGS ");
        var (head, ttl) = CutLast(beforeSettings, " TTL ");
        var pairs = TopLevelSplit(settings)
            .Select(pair => pair.Split(" = ", 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.Ordinal);
        return new EngineClauses(head, ttl, pairs);
    }

    private static (string Before, string After) CutLast(string text, string word)
    {
        var at = -1;
        foreach (var (index, _) in TopLevel(text))
            if (string.CompareOrdinal(text, index, word, 0, word.Length) == 0)
                at = index;
        return at < 0 ? (text, "") : (text[..at], text[(at + word.Length)..]);
    }

    internal static IEnumerable<string> TopLevelSplit(string text)
    {
        var start = 0;
        foreach (var (index, c) in TopLevel(text))
        {
            if (c != ',')
                continue;
            yield return text[start..index];
            start = index + 1;
        }

        if (start < text.Length)
            yield return text[start..];
    }

    /// <summary>What stands between a parenthesis and its counterpart; empty when it has none.</summary>
    internal static string Inside(string text, int open)
    {
        var depth = 0;
        foreach (var (index, c) in Unquoted(text, open))
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
                return text[(open + 1)..index];
        }

        return "";
    }

    /// <summary>The characters outside quotes and parentheses.</summary>
    private static IEnumerable<(int Index, char Character)> TopLevel(string text)
    {
        var depth = 0;
        foreach (var (index, c) in Unquoted(text, start: 0))
        {
            if (c is '(' or '[')
                depth++;
            else if (c is ')' or ']')
                depth--;
            else if (depth == 0)
                yield return (index, c);
        }
    }

    private static IEnumerable<(int Index, char Character)> Unquoted(string text, int start)
    {
        var quote = '\0';
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\0')
            {
                if (c is '\'' or '`' or '"')
                    quote = c;
                else
                    yield return (i, c);
            }
            else if (c == '\\')
                i++;
            else if (c == quote)
                quote = '\0';
        }
    }
}
