using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Rows that differ in a column outside the sorting key, in a table whose merges then make one row of them.</summary>
internal static class MergedRows
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from item in CollapseCandidates.Of(facts)
        where facts.Collapsing.Contains((item.Table.Ref, item.Column))
        select Describe(facts, item.Table, item.Column);

    private static Breakage Describe(ChangeFacts facts, ObjectState table, string column)
    {
        var was = facts.Was(table);
        var leftKey = was is not null && CollapseCandidates.KeyChanged(was, table);
        var view = facts.After.WritersOf(table).FirstOrDefault(writer => writer.GroupedBy.Contains(column));
        return new(
            leftKey ? "MR334" : "MR330", facts.Before is null || (view is null && !leftKey) ? Severity.Warning : Severity.Error,
            leftKey
                ? $"rows of `{table.Ref}` that differ only in `{column}` become one: it is a {table.Engine} ordered by {Key(table)} now, and was a {was!.Engine} ordered by {Key(was)}"
                : $"rows of `{table.Ref}` that differ only in `{column}` become one in merges: it is not in the sorting key {Key(table)} of this {table.Engine}")
        {
            Where = table.Ref,
            Column = column,
            Causes = view is null ? [table.Ref] : [table.Ref, view.Ref],
            Path = Flow.Text(facts.After, null, view?.Ref, table.Ref),
            Evidence = ["measured: two rows that differ in nothing else, and one is left after OPTIMIZE TABLE ... FINAL"],
            Fix = leftKey
                ? "keep the key; a table with another key is another table, filled beside this one"
                : $"add it to the key in the same ALTER that adds it: ADD COLUMN {column} ..., MODIFY ORDER BY ({Bare(table)}, {column})",
        };
    }

    private static string Key(ObjectState table) => $"({Bare(table)})";

    private static string Bare(ObjectState table) => table.SortingKey.Length == 0 ? "nothing" : table.SortingKey;
}
