namespace Millrace.Core.Breaking;

/// <summary>Tables of which only an engine can tell whether they still merge what they merged.</summary>
public static class MergeCandidates
{
    /// <summary>Those whose key or partitions are others.</summary>
    public static IEnumerable<(ObjectState Was, ObjectState Now)> Of(ChangeFacts facts) =>
        from now in facts.After.Objects
        where now.Engine.EndsWith("MergeTree", StringComparison.Ordinal) && !now.Name.IsInner
        let was = facts.Was(now)
        where was is not null && was.Engine.EndsWith("MergeTree", StringComparison.Ordinal)
        where was.SortingKey != now.SortingKey || was.PartitionKey != now.PartitionKey
        where IsInUse(facts, now)
        select (was, now);

    /// <summary>Of two tables that changed places, the one that nobody fills is put away.</summary>
    public static bool IsInUse(ChangeFacts facts, ObjectState now) =>
        facts.After.WritersOf(now).Any() || now.Uuid.Length == 0 || facts.Before!.Find(now.Ref)?.Uuid == now.Uuid || facts.Before!.Objects.All(other => other.Uuid != now.Uuid);

    /// <summary>The columns that new rows bring; all of them where rows are not a view's.</summary>
    public static HashSet<string> Fed(World world, ObjectState table)
    {
        var writers = world.WritersOf(table).ToList();
        return [.. (writers.Count == 0 ? table.Shape.Columns : writers.SelectMany(view => view.Output)).Select(column => column.Name)];
    }

    /// <summary>True where rows of one key are versions of each other: a row that stays beside another one is read as well.</summary>
    public static bool HasVersions(ObjectState table) =>
        MergingEngine.Family(table.Engine) is "ReplacingMergeTree" or "CollapsingMergeTree" or "VersionedCollapsingMergeTree" or "CoalescingMergeTree";

    /// <summary>Those whose merges make one value of several, and whose rows come or are kept otherwise now.</summary>
    public static IEnumerable<(ObjectState Was, ObjectState Now)> Merging(ChangeFacts facts) =>
        from now in facts.After.Objects
        where MergingEngine.Family(now.Engine) is "SummingMergeTree" or "AggregatingMergeTree" or "CoalescingMergeTree" && !now.Name.IsInner
        let was = facts.Was(now)
        where was is not null && MergingEngine.Family(was.Engine) == MergingEngine.Family(now.Engine) && IsInUse(facts, now)
        where Flow.Upstream(facts.After, now).Any(item => item.Ref == now.Ref ? facts.IsChanged(item.Ref) : SendsOthers(facts, item))
        select (was, now);

    /// <summary>
    /// True for a table or view that may send other rows than it did. Columns that are added to a table are sent by nobody whose
    /// SELECT is what it was, and neither its lifetime nor words about it change what is inserted. Another type of number is summed as the
    /// first one was; what it makes of values is judged by types.
    /// </summary>
    private static bool SendsOthers(ChangeFacts facts, ObjectState item)
    {
        if (!facts.IsChanged(item.Ref))
            return false;
        if (facts.Was(item) is not { } was || was.Engine != item.Engine || !item.Engine.EndsWith("MergeTree", StringComparison.Ordinal))
            return true;
        return was.Shape.Columns.Any(column => item.Column(column.Name) is not { } now
            || KnowsNull(now) != KnowsNull(column) || now.DefaultKind != column.DefaultKind || now.DefaultExpression != column.DefaultExpression);
    }

    private static bool KnowsNull(Shapes.ColumnShape column) => column.Type.Contains("Nullable(", StringComparison.Ordinal);

    /// <summary>True for a column with the same value in every row: no view feeds it, or one feeds a constant that counts nothing.</summary>
    public static bool IsConstant(World world, ObjectState table, string column)
    {
        var writers = world.WritersOf(table).ToList();
        var written = writers.SelectMany(view => view.Written.GetValueOrDefault(column, [])).ToList();
        return writers.Count > 0
            && (writers.TrueForAll(view => view.Output.All(output => output.Name != column)) || (written.Count > 0 && written.TrueForAll(value => !IsCount(value))));
    }

    /// <summary>True where NULL leaves the value that is known.</summary>
    /// <param name="isNew">Of a new column nothing but the engine tells what it is for.</param>
    public static bool KeepsKnown(ObjectState table, string column, bool isNew) => MergingEngine.Family(table.Engine) switch
    {
        "CoalescingMergeTree" => true,
        "AggregatingMergeTree" => !isNew || table.Column(column)!.Type.StartsWith("SimpleAggregateFunction(any", StringComparison.Ordinal),
        _ => false,
    };

    public static bool IsNumber(string type) =>
        type.StartsWith("Int", StringComparison.Ordinal) || type.StartsWith("UInt", StringComparison.Ordinal)
        || type.StartsWith("Float", StringComparison.Ordinal) || type.StartsWith("Decimal", StringComparison.Ordinal);

    private static bool IsCount(string literal) => literal.Trim('\'') is "0" or "1" or "-1";
}
