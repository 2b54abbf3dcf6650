using System.Collections.Immutable;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>ALTER statements for column changes.</summary>
internal static class AlterSql
{
    /// <summary>Columns that come or go share one statement each way; every other change has its own.</summary>
    public static ImmutableArray<string> Columns(ObjectName table, IReadOnlyCollection<ColumnChange> changes)
    {
        var together = new[]
        {
            string.Join(", ", changes.OfType<ColumnChange.Added>().SelectMany(Clauses)),
            string.Join(", ", changes.OfType<ColumnChange.Removed>().SelectMany(Clauses)),
        };
        var apart = changes.Where(change => change is not (ColumnChange.Added or ColumnChange.Removed)).SelectMany(Clauses);
        return
        [
            .. together.Where(clauses => clauses.Length > 0).Concat(apart)
                .Select(clauses => $"ALTER TABLE {Quote.Name(table)} {clauses}"),
        ];
    }

    public static string Comment(ObjectName name, string comment) =>
        $"ALTER TABLE {Quote.Name(name)} MODIFY COMMENT {Quote.Text(comment)}";

    public static string Query(ObjectName view, string select) => $"ALTER TABLE {Quote.Name(view)} MODIFY QUERY {select}";

    private static IEnumerable<string> Clauses(ColumnChange change) => change switch
    {
        ColumnChange.Added added => [$"ADD COLUMN IF NOT EXISTS {Definition(added.Declared)}{Place(added.After)}"],
        ColumnChange.Removed removed => [$"DROP COLUMN IF EXISTS {Quote.Name(removed.Column)}"],
        ColumnChange.Moved moved => [$"MODIFY COLUMN {Quote.Name(moved.Column)} {moved.Declared.Type}{Place(moved.After)}"],
        ColumnChange.Altered altered => Altered(altered),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private static IEnumerable<string> Altered(ColumnChange.Altered change)
    {
        var (column, old) = (change.Declared, change.Observed);
        var name = Quote.Name(column.Name);
        if (old.DefaultKind.Length > 0 && column.DefaultKind.Length == 0)
            yield return $"MODIFY COLUMN {name} REMOVE {old.DefaultKind}";
        if (old.Codec.Length > 0 && column.Codec.Length == 0)
            yield return $"MODIFY COLUMN {name} REMOVE CODEC";
        if (old.Type != column.Type || (column.Codec.Length > 0 && old.Codec != column.Codec)
            || (column.DefaultKind.Length > 0
                && (old.DefaultKind, old.DefaultExpression) != (column.DefaultKind, column.DefaultExpression)))
            yield return $"MODIFY COLUMN {Definition(column with { Comment = "" })}";
        if (old.Comment != column.Comment)
            yield return $"COMMENT COLUMN {name} {Quote.Text(column.Comment)}";
    }

    private static string Definition(ColumnShape column)
    {
        var codec = column.Codec.Length == 0 ? null : column.Codec["CODEC(".Length..^1];
        return new ColumnDefinition(column.Name, column.Type, column.DefaultKind, column.DefaultExpression, codec, column.Comment).ToSql();
    }

    private static string Place(string? after) => after is null ? " FIRST" : $" AFTER {Quote.Name(after)}";
}
