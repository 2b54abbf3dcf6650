using System.Collections.Immutable;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Backfill;

/// <summary>Queries that compare what a target holds with what it was made from.</summary>
public static class CompareSql
{
    /// <summary>Keys fall into this many buckets, each compared on its own: two errors do not cancel out.</summary>
    public const int Buckets = 16;

    /// <summary>Per bucket of keys what the rows that were read amount to: bucket, then the columns.</summary>
    /// <param name="bucket">Only this one; null for all.</param>
    /// <param name="isPartial">Only some partitions are filled: what the view makes of the rows is then compared.</param>
    public static string Source(
        BackfillTarget target, BackfillView view, IEnumerable<BackfillColumn> columns, ObjectName from, string condition, int? bucket, bool isPartial)
    {
        if (view.Keys.IsEmpty || isPartial)
            return Stored(target, view, columns, $"(\n{view.Rebuilt(Quote.Name(from), condition)}\n)", bucket);
        return $"SELECT {Bucket(view.Keys)} AS _bucket{List(columns.Select(column => column.OverSource))}\nFROM {Quote.Name(from)}\n"
            + $"WHERE ({view.Filter ?? "1"}) AND {condition}{(bucket is null ? "" : $" AND {Bucket(view.Keys)} = {bucket}")}\n{End}";
    }

    /// <summary>Per bucket of keys what the stored states amount to.</summary>
    /// <param name="from">As it stands in a FROM clause.</param>
    public static string Stored(BackfillTarget target, BackfillView view, IEnumerable<BackfillColumn> columns, string from, int? bucket)
    {
        var values = view.Keys.IsEmpty ? [$"uniqExact({string.Join(", ", target.Keys)})"] : columns.Select(column => column.OverStored);
        return $"SELECT {Bucket(target.Keys)} AS _bucket{List(values)}\nFROM {from}\n"
            + $"{(bucket is null ? "" : $"WHERE {Bucket(target.Keys)} = {bucket}\n")}{End}";
    }

    /// <summary>
    /// Key by key: partition, keys, and keys that differ between what the views make of their sources and what the target
    /// holds, with one of them as an example.
    /// </summary>
    /// <param name="views">The views of the target, each with the table to read.</param>
    public static string Keys(BackfillTarget target, IEnumerable<(BackfillView View, ObjectName From)> views, ObjectName stored)
    {
        var columns = target.Views[0].Columns.Where(column => column.IsComparable).ToImmutableArray();
        var keys = string.Join(", ", target.Keys);
        var names = columns.Select(column => Quote.Name(column.Name)).ToImmutableArray();
        var all = string.Join(", ", target.Keys.Concat(target.Views[0].Columns.Select(column => Quote.Name(column.Name))));
        var sources = string.Join("\nUNION ALL\n", views.Select(item => $"SELECT {all} FROM (\n{item.View.Rebuilt(Quote.Name(item.From), "1")}\n)"));
        var values = List(columns.Select((column, i) => $"{column.OverStored} AS _v{i + 1}"));
        var same = string.Join(" AND ", columns.Select((_, i) => Same(i + 1)).Prepend("countIf(_side = 0) = countIf(_side = 1)"));
        var only = target.Views[0].Only is { } rebuilt ? $" WHERE {rebuilt}" : "";
        return $"""
            SELECT _partition, count() AS _keys, countIf(NOT _same) AS _differ, anyIf(_key, NOT _same) AS _example
            FROM
            (
            SELECT {target.PartitionId} AS _partition, toString(({keys},)) AS _key, {same} AS _same
            FROM
            (
            SELECT 0 AS _side, {keys}{values} FROM (
            {sources}
            ) GROUP BY {keys}
            UNION ALL
            SELECT 1 AS _side, {keys}{values} FROM {Quote.Name(stored)}{only} GROUP BY {keys}
            )
            GROUP BY {keys}
            )
            GROUP BY _partition ORDER BY _partition FORMAT JSONCompactEachRow
            """;
    }

    /// <summary>Of a row of the queries above: whether its key falls into this bucket.</summary>
    public static string InBucket(int bucket) => $"_bucket = {bucket}";

    /// <summary>
    /// Keys that a target holds and what it is made anew of does not: partition, how many, and one of them. The target is
    /// read first: rows are in a source before they are in what its views fill.
    /// </summary>
    /// <param name="made">As it stands in a FROM clause.</param>
    public static string Lost(BackfillTarget target, string made)
    {
        var keys = string.Join(", ", target.Keys);
        var only = target.Views[0].Only is { } rebuilt ? $" WHERE {rebuilt}" : "";
        return $"""
            SELECT {target.PartitionId} AS _partition, count() AS _keys, any(toString(({keys},))) AS _example
            FROM
            (
            SELECT {keys} FROM
            (
            SELECT {keys}, 1 AS _old, 0 AS _new FROM {Quote.Name(target.Table)}{only}
            UNION ALL
            SELECT {keys}, 0 AS _old, 1 AS _new FROM {made}{only}
            )
            GROUP BY {keys} HAVING max(_old) AND NOT max(_new)
            )
            GROUP BY _partition ORDER BY _partition FORMAT JSONCompactEachRow
            """;
    }

    /// <summary>What the views of a target make, as it stands in a FROM clause.</summary>
    /// <param name="sources">What the tables that they read are made of, in the same way.</param>
    public static string Made(BackfillTarget target, IReadOnlyDictionary<ObjectName, string> sources) =>
        $"(\n{string.Join("\nUNION ALL\n", target.Views.Select(view => view.Over(sources[view.Source], "1")))}\n)";

    private const string End = "GROUP BY _bucket ORDER BY _bucket FORMAT JSONCompactStringsEachRow";

    private static string List(IEnumerable<string> values) => string.Concat(values.Select(value => $", {value}"));

    private static string Bucket(IEnumerable<string> keys) => $"cityHash64({string.Join(", ", keys)}) % {Buckets}";

    /// <summary>Equal, or equal but for the order in which numbers with a point were added.</summary>
    private static string Same(int i)
    {
        var (source, stored) = ($"anyIf(_v{i}, _side = 0)", $"anyIf(_v{i}, _side = 1)");
        return $"(isNull({source}) AND isNull({stored}) OR ifNull(toString({source}) = toString({stored}), 0) "
            + $"OR ifNull(abs(toFloat64OrZero(toString({source})) - toFloat64OrZero(toString({stored}))) <= 1e-9 * abs(toFloat64OrZero(toString({source}))) "
            + $"AND toTypeName({source}) LIKE '%Float%', 0))";
    }
}
