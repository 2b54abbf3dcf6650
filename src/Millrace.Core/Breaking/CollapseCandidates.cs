using Millrace.Core.Planning;

namespace Millrace.Core.Breaking;

/// <summary>Columns that should tell rows apart, in tables whose merges make one row of several.</summary>
public static class CollapseCandidates
{
    /// <summary>What is new after a change, or all there is in a single world.</summary>
    public static IEnumerable<(ObjectState Table, string Column)> Of(ChangeFacts facts) =>
        from table in facts.After.Objects
        where MergingEngine.Collapses(table.Engine)
        from column in Dimensions(facts, table)
        where facts.Before is null || !WasOne(facts, table, column)
        select (table, column);

    private static IEnumerable<string> Dimensions(ChangeFacts facts, ObjectState table)
    {
        var grouped = facts.After.WritersOf(table).SelectMany(view => view.GroupedBy);
        var formerKey = facts.Was(table) is { } was && KeyChanged(was, table) ? ToldApartBy(was, table) : [];
        var added = facts.Was(table) is { } known && !facts.After.WritersOf(table).Any() && MergingEngine.Family(table.Engine) is "SummingMergeTree" or "AggregatingMergeTree"
            ? table.Shape.Columns.Where(column => known.Column(column.Name) is null && !IsMeasure(column.Type)).Select(column => column.Name)
            : [];
        return grouped.Concat(formerKey).Concat(added).Distinct(StringComparer.Ordinal).Where(name => table.Column(name) is { } column && Conversions.TakesValues(column));
    }

    /// <summary>What kept rows apart and does not now: columns that left the key, and where nothing merged at all, any other.</summary>
    private static IEnumerable<string> ToldApartBy(ObjectState was, ObjectState now)
    {
        var left = was.KeyColumns.Except(now.KeyColumns).Concat(Parts(was.SortingKey).Except(Parts(now.SortingKey)).Where(was.KeyColumns.Contains));
        return MergingEngine.Collapses(was.Engine)
            ? left
            : left.Concat(now.Shape.Columns.Where(column => !now.KeyColumns.Contains(column.Name) && !IsMeasure(column.Type)).Select(column => column.Name).Take(1));
    }

    /// <summary>The parts of a key; a column stands for itself, `toDate(at)` tells less apart than `at`.</summary>
    private static IEnumerable<string> Parts(string key) => EngineClauses.TopLevelSplit(key).Select(part => part.Trim().Trim('`'));

    /// <summary>It was grouped by before, and the key told no more of it apart: then this is how it has always been.</summary>
    private static bool WasOne(ChangeFacts facts, ObjectState table, string column) =>
        facts.Was(table) is { } was && was.Column(column) is not null
        && !(KeyChanged(was, table) && ToldApartBy(was, table).Contains(column))
        && facts.Before!.WritersOf(was).Any(view => view.GroupedBy.Contains(column));

    public static bool KeyChanged(ObjectState was, ObjectState now) =>
        was.SortingKey != now.SortingKey || MergingEngine.Family(was.Engine) != MergingEngine.Family(now.Engine);

    private static bool IsMeasure(string type) =>
        type.StartsWith("AggregateFunction", StringComparison.Ordinal) || type.StartsWith("SimpleAggregateFunction", StringComparison.Ordinal)
        || type.StartsWith("Int", StringComparison.Ordinal) || type.StartsWith("UInt", StringComparison.Ordinal)
        || type.StartsWith("Float", StringComparison.Ordinal) || type.StartsWith("Decimal", StringComparison.Ordinal);
}
