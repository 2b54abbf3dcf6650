namespace Millrace.Core.Compile;

/// <summary>A call of an aggregate function as people write it: <c>count()</c>, <c>quantile(0.9)(duration)</c>.</summary>
/// <param name="Function">With combinators such as <c>If</c>.</param>
/// <param name="Parameters">In brackets, or empty.</param>
/// <param name="Arguments">In brackets.</param>
public sealed record AggregateCall(string Function, string Parameters, string Arguments)
{
    /// <summary>The state of the call, for a table that merges states.</summary>
    public string State => Call("State");

    /// <summary>The state where merging states is the function itself: stored as a plain value.</summary>
    public string SimpleState => Call("SimpleState");

    /// <summary>The call as it was written; null when the text is anything else, such as a sum of two calls.</summary>
    public static AggregateCall? Parse(string text)
    {
        text = text.Trim();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 1 || !text[..open].TrimEnd().All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            return null;
        var close = Closing(text, open);
        if (close < 0)
            return null;
        var (function, first, rest) = (text[..open].TrimEnd(), text[open..(close + 1)], text[(close + 1)..].TrimStart());
        if (rest.Length == 0)
            return new AggregateCall(function, "", first);
        return rest[0] == '(' && Closing(rest, 0) == rest.Length - 1 ? new AggregateCall(function, first, rest) : null;
    }

    /// <summary>The call over the rows for which a condition holds; null where the text alone cannot say it: it has a condition, or takes distinct rows.</summary>
    public string? Where(string condition)
    {
        var inside = Arguments[1..^1].Trim();
        return Function.EndsWith("If", StringComparison.Ordinal) || inside.StartsWith("DISTINCT", StringComparison.OrdinalIgnoreCase)
            ? null : $"{Function}If{Parameters}({(inside.Length == 0 ? "" : $"{inside}, ")}{condition})";
    }

    /// <summary>A call that merges the states of a column: <c>Merge</c> gives the value, <c>MergeState</c> a state again.</summary>
    public string Over(string column, string combinator) => $"{Function}{combinator}{Parameters}({column})";

    private string Call(string combinator) => $"{Function}{combinator}{Parameters}{Arguments}";

    /// <summary>Where the bracket at <paramref name="open"/> closes; -1 when it does not.</summary>
    private static int Closing(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    if (--depth == 0)
                        return i;
                    break;
                case '\'' or '"' or '`':
                    i = QuoteEnd(text, i);
                    break;
            }
        }

        return -1;
    }

    private static int QuoteEnd(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length && text[i] != text[start])
            i += text[i] == '\\' ? 2 : 1;
        return i;
    }
}
