using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Under the name of a table there is one of another engine, which does something else with the rows that go on coming.</summary>
internal static class OtherEngine
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from now in facts.After.Objects
        let was = facts.Was(now)
        where was is not null && was.Engine != now.Engine && MergingEngine.Stores(was.Engine)
        let what = Words(was, now)
        where what is not null
        let writer = facts.After.WritersOf(now).FirstOrDefault()
        // Two tables that changed places: the one that nobody fills is put away.
        where writer is not null || facts.Before!.Objects.All(other => other.Uuid != now.Uuid || other.Uuid.Length == 0)
        select new Breakage("MR336", writer is null ? Severity.Warning : Severity.Error, $"{what}: `{now.Ref}` is a {now.Engine} now, and was a {was.Engine}")
        {
            Where = now.Ref,
            Causes = [now.Ref],
            Path = Flow.Text(facts.After, null, writer?.Ref, now.Ref),
            Fix = "keep the engine; a table of another kind is another table, filled beside this one and read by other queries",
        };

    private static string? Words(ObjectState was, ObjectState now)
    {
        var (then, family) = (MergingEngine.Family(was.Engine), MergingEngine.Family(now.Engine));
        if (now.Engine == "Null")
            return "rows are no longer kept";
        if (!MergingEngine.Collapses(was.Engine) || !now.Engine.EndsWith("MergeTree", StringComparison.Ordinal) || Does(was, then) == Does(now, family))
            return null;
        return MergingEngine.Collapses(now.Engine) ? "merges make other rows of those with an equal key" : "rows with an equal key are no longer merged";
    }

    /// <summary>Engines that do the same with the columns that a table has are one.</summary>
    private static string Does(ObjectState table, string family) => family switch
    {
        "VersionedCollapsingMergeTree" => "CollapsingMergeTree",
        // Columns that say themselves what becomes of their values are merged alike by both.
        "SummingMergeTree" when table.Shape.Columns.All(column => table.KeyColumns.Contains(column.Name) || SaysItself(column.Type)) => "AggregatingMergeTree",
        _ => family,
    };

    private static bool SaysItself(string type) =>
        type.StartsWith("AggregateFunction(", StringComparison.Ordinal) || type.StartsWith("SimpleAggregateFunction(", StringComparison.Ordinal);
}
