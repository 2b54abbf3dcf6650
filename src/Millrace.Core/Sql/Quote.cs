using System.Text;
using Millrace.Core.Shapes;

namespace Millrace.Core.Sql;

/// <summary>The one place where names and values become SQL.</summary>
public static class Quote
{
    /// <summary>An identifier; bare when it is plain, in backticks otherwise.</summary>
    public static string Name(string name) => IsPlain(name) ? name : Wrap(name, '`');

    public static string Name(ObjectName name) => $"{Name(name.Database)}.{Name(name.Name)}";

    /// <summary>A string literal.</summary>
    public static string Text(string value) => Wrap(value, '\'');

    /// <summary>An identifier of Postgres.</summary>
    public static string PostgresName(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A setting's value: a number as it is, anything else as a string literal.</summary>
    public static string Setting(string value) =>
        value.Length is > 0 and < 19 && value.All(char.IsAsciiDigit) ? value : Text(value);

    private static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !Reserved.Contains(name);

    private static string Wrap(string value, char quote)
    {
        var text = new StringBuilder(value.Length + 2).Append(quote);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\0' => text.Append("\\0"),
                _ when c == quote => text.Append('\\').Append(c),
                _ => text.Append(c),
            };
        }

        return text.Append(quote).ToString();
    }

    /// <summary>Words that change the meaning of a statement when they stand bare where a name is meant.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "all", "and", "anti", "any", "array", "as", "asc", "asof", "between", "by", "case", "cast", "codec", "collate",
        "comment", "constraint", "create", "cross", "date", "default", "delete", "desc", "describe", "distinct", "drop",
        "else", "end", "engine", "ephemeral", "except", "exists", "extract", "false", "final", "first", "for", "format",
        "from", "full", "global", "group", "having", "if", "ilike", "in", "index", "inner", "insert", "interval", "into",
        "is", "join", "key", "left", "like", "limit", "materialized", "not", "null", "offset", "on", "or", "order",
        "outer", "prewhere", "primary", "projection", "right", "sample", "select", "semi", "set", "settings", "show",
        "substring", "table", "then", "ties", "timestamp", "to", "totals", "trim", "true", "ttl", "union", "using",
        "values", "view", "when", "where", "window", "with",
    };
}
