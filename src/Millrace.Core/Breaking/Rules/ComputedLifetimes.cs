using System.Text.RegularExpressions;
using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A TTL that stays as it is and names a column which is computed otherwise now.</summary>
internal static partial class ComputedLifetimes
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from table in facts.After.Objects
        where table.Engine.EndsWith("MergeTree", StringComparison.Ordinal)
        let was = facts.Was(table)
        where was is not null && !was.Shape.Columns.SequenceEqual(table.Shape.Columns)
        let ttl = EngineClauses.Read(table.Shape.EngineFull).Ttl
        where ttl.Length > 0 && ttl == EngineClauses.Read(was.Shape.EngineFull).Ttl
        from column in table.Shape.Columns
        let old = was.Column(column.Name)
        where IsShorter(old, column) && Words().Matches(ttl).Any(word => word.Value == column.Name)
        select new Breakage("MR332", Severity.Warning,
            $"`{table.Ref}` may delete rows earlier: its TTL is {ttl}, and `{column.Name}` is computed as {column.DefaultExpression} now, and was as {old.DefaultExpression}")
        {
            Where = table.Ref,
            Column = column.Name,
            Causes = [table.Ref],
            Fix = $"count what would go first, with {column.DefaultExpression} compared to now()",
        };

    private static bool IsShorter(ColumnShape? old, ColumnShape column) =>
        old is not null && old.DefaultKind.Length > 0 && column.DefaultKind.Length > 0 && TtlChange.MayDelete(old.DefaultExpression, column.DefaultExpression);

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
