using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Findings;

namespace Millrace.Engine.Breaking;

/// <summary>
/// Takes a script apart into statements. It knows quotes, comments and semicolons, not SQL; a comment
/// <c>-- role: data, query</c> says for which roles what follows is meant.
/// </summary>
public static partial class Statements
{
    /// <summary>Of a statement without parentheses.</summary>
    private const int LongestHead = 300;

    /// <param name="file">How findings name the script.</param>
    public static ImmutableArray<ScriptStatement> Read(string text, string file)
    {
        var found = ImmutableArray.CreateBuilder<ScriptStatement>();
        ImmutableArray<string> roles = [];
        string? database = null;
        var (start, i) = (0, 0);
        while (i < text.Length)
        {
            var end = TokenEnd(text, i);
            var token = text[i..end];
            if (token.StartsWith("--", StringComparison.Ordinal) && Header().Match(token) is { Success: true } header)
                roles = [.. header.Groups["roles"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
            var isNothing = token.StartsWith("--", StringComparison.Ordinal) || token.StartsWith("/*", StringComparison.Ordinal) || string.IsNullOrWhiteSpace(token);
            if (isNothing && text[start..i].Trim().Length == 0)
                start = end; // Comments before a statement are not part of it.
            if (token == ";")
            {
                Add(text[start..i]);
                start = end;
            }

            i = end;
        }

        Add(text[start..]);
        return found.ToImmutable();

        void Add(string statement)
        {
            if (statement.Trim().Length == 0)
                return;
            var begin = start + statement.Length - statement.TrimStart().Length;
            var line = 1 + text.AsSpan(0, begin).Count('\n');
            var column = begin - text.LastIndexOf('\n', Math.Max(0, begin - 1));
            var length = statement.Trim().Split('\n')[0].TrimEnd().Length;
            found.Add(new ScriptStatement(statement.Trim(), roles, new SourceRef(file, line, Math.Max(1, column), length)) { Database = database });
            // Statements run in sessions of their own: what one says of those after it goes with them.
            if (Use().Match(statement) is { Success: true } use)
                database = use.Groups["name"].Value.Trim('`', '"');
        }
    }

    /// <summary>Where lines within a statement begin as statements do, outside quotes and comments.</summary>
    public static IEnumerable<int> StartsWithin(string sql)
    {
        var isLineStart = false;
        for (var i = 0; i < sql.Length; i = TokenEnd(sql, i))
        {
            if (isLineStart && Start().Match(sql, i) is { Success: true } match && match.Index == i)
                yield return i;
            isLineStart = sql[i] == '\n' || (isLineStart && char.IsWhiteSpace(sql[i])) || (sql[i] == '-' && i + 1 < sql.Length && sql[i + 1] == '-' && isLineStart);
        }
    }

    /// <summary>The same statement for one server: <c>ON CLUSTER</c> taken out, wherever it stands outside quotes.</summary>
    public static string WithoutOnCluster(string sql)
    {
        for (var i = 0; i < sql.Length; i = TokenEnd(sql, i))
            if (sql[i] is 'o' or 'O' && (i == 0 || !char.IsLetterOrDigit(sql[i - 1])) && OnCluster().Match(sql, i) is { Success: true } match && match.Index == i)
                return sql[..i] + sql[(i + match.Length)..];
        return sql;
    }

    /// <summary>The same statement with something else in the parentheses after a word; null when there is no such clause.</summary>
    public static string? WithClause(string sql, string word, string inside)
    {
        for (var i = 0; i < sql.Length; i = TokenEnd(sql, i))
        {
            if (string.CompareOrdinal(sql, i, $"{word}(", 0, word.Length + 1) != 0 || (i > 0 && (char.IsLetterOrDigit(sql[i - 1]) || sql[i - 1] == '_')))
                continue;
            var (depth, end) = (1, i + word.Length + 1);
            for (; end < sql.Length && depth > 0; end = TokenEnd(sql, end))
                depth += sql[end] switch { '(' => 1, ')' => -1, _ => 0 };
            return depth == 0 ? $"{sql[..i]}{word}({inside}){sql[end..]}" : null;
        }

        return null;
    }

    /// <summary>The quoted names and the words before the first parenthesis, in their order: the name of what is made is among the first.</summary>
    public static IEnumerable<string> NamesInHead(string sql)
    {
        var open = sql.IndexOf('(', StringComparison.Ordinal);
        var head = sql[..Math.Min(open < 0 ? LongestHead : open, sql.Length)];
        // A quoted name may hold anything: as a whole it comes before the words in it.
        return QuotedName().Matches(head).Concat(PlainName().Matches(head)).OrderBy(match => match.Index).Select(match => match.Groups["name"].Value);
    }

    /// <summary>The words that a statement begins with, in capitals.</summary>
    public static string Head(string sql) =>
        string.Join(' ', Words().Match(sql).Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    /// <summary>Where the quoted text, comment, word or character that starts at <paramref name="i"/> ends.</summary>
    private static int TokenEnd(string text, int i)
    {
        var c = text[i];
        if (c is '\'' or '`' or '"')
            return QuoteEnd(text, i);
        if (c == '-' && i + 1 < text.Length && text[i + 1] == '-')
            return text.IndexOf('\n', i) is var end and >= 0 ? end : text.Length;
        if (c == '/' && i + 1 < text.Length && text[i + 1] == '*')
            return text.IndexOf("*/", i, StringComparison.Ordinal) is var close and >= 0 ? close + 2 : text.Length;
        return i + 1;
    }

    private static int QuoteEnd(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == text[start])
                return i + 1;
        }

        return text.Length;
    }

    [GeneratedRegex(@"^--\s*roles?\s*:(?<roles>.*)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();

    [GeneratedRegex(@"\GON\s+CLUSTER\s+(\w+|'[^']*'|`[^`]*`|""[^""]*"")\s*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OnCluster();

    [GeneratedRegex(@"\A\s*USE\s+(DATABASE\s+)?(?<name>\w+|`[^`]+`|""[^""]+"")\s*\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Use();

    [GeneratedRegex(@"\G(CREATE|ALTER|DROP|INSERT|RENAME|EXCHANGE|TRUNCATE|OPTIMIZE|ATTACH|DETACH|SYSTEM|GRANT|SET|USE|DELETE)\s", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Start();

    [GeneratedRegex(@"\A\s*\w+(\s+\w+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"[`""](?<name>[^`""]+)[`""]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName();
}
