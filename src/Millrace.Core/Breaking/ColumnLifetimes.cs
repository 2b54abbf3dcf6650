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
        return (from definition in EngineClauses.TopLevelSplit(EngineClauses.Inside(table.CreateQuery, open + 1)).Select(part => part.Trim())
                let at = definition.LastIndexOf(Clause, StringComparison.Ordinal)
                where at > 0 && definition[0] == '`'
                let end = definition.IndexOf('`', 1)
                where end > 1
                select (Name: definition[1..end], Lifetime: definition[(at + Clause.Length)..]))
            .DistinctBy(item => item.Name)
            .ToImmutableDictionary(item => item.Name, item => item.Lifetime, StringComparer.Ordinal);
    }
}
