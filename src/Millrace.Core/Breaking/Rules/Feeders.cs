using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Several views fill a table: one of them goes and the others stay, or another one comes and sends the same rows again.</summary>
internal static class Feeders
{
    /// <summary>Words of the engine's own text that keep rows away.</summary>
    private static readonly string[] Filters = [" WHERE ", " PREWHERE ", " HAVING ", " LIMIT ", " JOIN ", "arrayJoin(", " QUALIFY "];

    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        facts.Before is not { } before
            ? []
            : from table in facts.After.Objects
              let was = before.Find(table.Ref)
              where was is not null
              from found in Gone(facts, before, table, was).Concat(Twice(facts, before, table, was))
              select found;

    private static IEnumerable<Breakage> Gone(ChangeFacts facts, World before, ObjectState table, ObjectState was)
    {
        var (writers, formers) = (facts.After.WritersOf(table).ToList(), before.WritersOf(was).ToList());
        var others = writers.Where(view => formers.Exists(former => former.Ref == view.Ref)).ToList();
        if (others.Count == 0)
            yield break; // None of them is left: that is another finding.
        var added = writers.Select(view => view.Ref).Except(formers.Select(view => view.Ref)).ToHashSet();
        foreach (var view in formers.Where(view => view.IsTriggered && writers.TrueForAll(left => left.Ref != view.Ref)))
        {
            var sources = before.PushersOf(view).Select(pusher => facts.After.Find(pusher.Ref)).OfType<ObjectState>().ToList();
            if (sources.Count == 0 || sources.Exists(source => Flow.Downstream(facts.After, source).Any(item => added.Contains(item.Ref))))
                continue;
            yield return new("MR325", Severity.Warning,
                $"rows of `{sources[0].Ref}` no longer get into `{table.Ref}`: `{view.Ref}` is gone, and only `{others[0].Ref}` still fills it")
            {
                Where = table.Ref,
                Causes = [view.Ref],
                Path = $"{sources[0].Ref} -> {view.Ref} -> {table.Ref}",
                Fix = "create the view that takes its place first, then drop this one",
            };
        }
    }

    private static IEnumerable<Breakage> Twice(ChangeFacts facts, World before, ObjectState table, ObjectState was)
    {
        // Of equal rows, one is left.
        if (MergingEngine.Family(table.Engine) == "ReplacingMergeTree" || !MergingEngine.Stores(table.Engine))
            yield break;
        var writers = facts.After.WritersOf(table).Where(view => view.IsTriggered && view.Fault is null).ToList();
        var known = writers.Where(view => before.WritersOf(was).Any(former => former.Ref == view.Ref)).ToList();
        foreach (var added in writers.Except(known))
            if (known.Find(view => SendsTheSame(facts.After, table, view, added)) is { } view)
                yield return new("MR326", Severity.Warning,
                    $"rows of `{facts.After.PushersOf(added).First().Ref}` get into `{table.Ref}` twice: `{view.Ref}` sends them, and now `{added.Ref}` as well")
                {
                    Where = table.Ref,
                    Causes = [added.Ref],
                    Path = Flow.Text(facts.After, null, facts.After.PushersOf(added).First().Ref, added.Ref, table.Ref),
                    Fix = $"drop `{view.Ref}` when the new view takes its place; or let each view keep away the rows of the other",
                };
    }

    /// <summary>The same values of the same rows: one of the two takes all rows, and every column that both fill comes from the same place.</summary>
    private static bool SendsTheSame(World world, ObjectState table, ObjectState one, ObjectState other)
    {
        if (!world.PushersOf(one).Select(source => source.Ref).Intersect(world.PushersOf(other).Select(source => source.Ref)).Any())
            return false;
        if (!one.Branches.IsEmpty || !other.Branches.IsEmpty || (IsFiltered(one) && IsFiltered(other)))
            return false;
        var shared = one.Output.Select(column => column.Name).Intersect(other.Output.Select(column => column.Name)).Where(name => table.Column(name) is not null).ToList();
        return shared.Exists(name => !table.KeyColumns.Contains(name) || !MergingEngine.Collapses(table.Engine))
            && shared.TrueForAll(name => Origins(one, name).SetEquals(Origins(other, name))
                && one.Written.GetValueOrDefault(name, []).SequenceEqual(other.Written.GetValueOrDefault(name, [])));
    }

    private static HashSet<(Shapes.ObjectName, string)> Origins(ObjectState view, string column) =>
        [.. view.Origins.Where(origin => origin.Output == column).Select(origin => (origin.Source, origin.Column))];

    private static bool IsFiltered(ObjectState view) => Filters.Any(word => view.Shape.AsSelect.Contains(word, StringComparison.Ordinal));
}
