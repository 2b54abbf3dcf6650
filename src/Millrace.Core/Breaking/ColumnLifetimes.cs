using System.Collections.Immutable;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>The TTL of single columns, out of the engine's own canonical text: nothing else tells it.</summary>
internal static class ColumnLifetimes
{
    private const string Clause = " TTL ";

    public static ImmutableDictionary<string, string> Of(ObjectShape table)
    {
        var open = table.CreateQuery.IndexOf(" (", StringComparison.Ordinal);
        if (open < 0 || !table.CreateQuery.Contains(Clause, StringComparison.Ordinal))
            return ImmutableDictionary<string, string>.Empty;
        // Beyond the list, the split goes on over the rest of the statement: those pieces begin with no column's name.
        return EngineClauses.TopLevelSplit(Inside(table.CreateQuery, open + 1))
            .Select(definition => (Definition: definition.Trim(), At: definition.Trim().LastIndexOf(Clause, StringComparison.Ordinal)))
            .Where(item => item.At > 0 && item.Definition.StartsWith('`') && item.Definition.IndexOf('`', 1) > 1)
            .DistinctBy(item => item.Definition[1..item.Definition.IndexOf('`', 1)])
            .ToImmutableDictionary(item => item.Definition[1..item.Definition.IndexOf('`', 1)], item => item.Definition[(item.At + Clause.Length)..], StringComparer.Ordinal);
    }

    /// <summary>What stands between a parenthesis and its counterpart.</summary>
    private static string Inside(string text, int open)
    {
        var (depth, quote) = (0, '\0');
        for (var i = open; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                if (c == '\\')
                    i++;
                else if (c == quote)
                    quote = '\0';
            }
            else if (c is '\'' or '`' or '"')
            {
                quote = c;
            }
            else
            {
                depth += c switch { '(' => 1, ')' => -1, _ => 0 };
                if (depth == 0)
                    return text[(open + 1)..i];
            }
        }

        return "";
    }
}
