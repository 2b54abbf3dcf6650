using Millrace.Core.Findings;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Stored rows that a change ends, while the table that they were in seems to stay.</summary>
internal static class LostRows
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        facts.Before is null ? [] : Recreated(facts, facts.Before).Concat(Deleted(facts, facts.Before));

    /// <summary>Under the name of a table that has gone there is another one now, and nobody took the rows over.</summary>
    private static IEnumerable<Breakage> Recreated(ChangeFacts facts, World before)
    {
        var carried = Carried(facts, before);
        foreach (var was in before.Objects.Where(item => HoldsRows(before, item)))
        {
            var store = Store(before, was)!;
            if (!facts.Rows.Gone.TryGetValue(store.Uuid, out var at) || carried.Contains(store.Ref) || facts.After.Find(was.Ref) is not { } now)
                continue;
            var filled = Store(facts.After, now)?.Uuid ?? now.Uuid;
            if (facts.Rows.Filled.Contains(filled) || facts.Rows.Filled.Contains(now.Uuid) || IsRecomputed(facts.After, now))
                continue;
            var isUsed = IsUsed(facts.After, now);
            if (!isUsed && !IsUsed(before, was))
                continue; // Nobody known to read or write it: then it is a table to try something with, or one to come.
            var writer = facts.After.WritersOf(now).FirstOrDefault();
            yield return new("MR350", isUsed || store != was ? Severity.Error : Severity.Warning,
                $"all rows of `{was.Ref}` are lost: the table that held them is dropped, and the one in its place starts empty")
            {
                Where = was.Ref,
                Causes = [was.Ref],
                Path = Flow.Text(facts.After, null, writer?.Ref, now.Ref),
                Fix = "copy the rows before the old table is dropped: create the new one beside it, INSERT INTO ... SELECT from the old, then EXCHANGE TABLES; or ALTER the table in place",
                At = at,
            };
        }
    }

    /// <summary>Statements that take rows, or the values of a column, out of a table that stays.</summary>
    private static IEnumerable<Breakage> Deleted(ChangeFacts facts, World before)
    {
        var stores = before.Objects.Where(item => MergingEngine.Stores(item.Engine) && item.Uuid.Length > 0).ToLookup(item => item.Uuid, StringComparer.Ordinal);
        foreach (var (item, was) in facts.Rows.Deleted.SelectMany(item => stores[item.Table].Select(was => (item, was))))
        {
            if (facts.After.Objects.FirstOrDefault(table => table.Uuid == item.Table) is not { } now)
            {
                if (item.OfDatabase)
                    yield return new("MR350", Severity.Error, $"`{was.Ref}` is dropped with all its rows: TRUNCATE DATABASE does not empty tables, it drops them, views and dictionaries too")
                    {
                        Where = was.Ref,
                        Causes = [was.Ref],
                        Fix = $"TRUNCATE ALL TABLES FROM {Quote.Name(was.Name.Database)}, where only the rows should go",
                        At = item.At,
                    };
                continue;
            }

            if (item.Column is null)
                yield return new("MR351", Severity.Warning, $"rows that `{was.Ref}` holds are deleted, for good")
                {
                    Where = now.Ref,
                    Causes = [now.Ref],
                    Path = Flow.Text(facts.After, null, now.Ref),
                    Evidence = ["what views have already written to other tables from these rows stays there"],
                    Fix = $"see what would go: SELECT count() FROM {Quote.Name(was.Name)}, with the same condition; keep a copy, or let a TTL do it",
                    At = item.At,
                };
            else if (was.Column(item.Column) is { DefaultKind: "" or "DEFAULT" or "MATERIALIZED" } && now.Column(item.Column) is { } column)
                yield return new("MR352", Severity.Error,
                    $"the stored values of `{now.Ref}`.`{item.Column}` are lost: the column is dropped, and the one of its name holds {(column.DefaultExpression.Length > 0 ? column.DefaultExpression : "the empty value of its type")} in every row")
                {
                    Where = now.Ref,
                    Column = item.Column,
                    Causes = [now.Ref],
                    Path = Flow.Text(facts.After, item.Column, now.Ref),
                    Fix = $"MODIFY COLUMN {item.Column} instead, which converts what is stored",
                    At = item.At,
                };
        }
    }

    /// <summary>A table itself, or what a view keeps its rows in when it has no table of its own to write to.</summary>
    private static ObjectState? Store(World world, ObjectState item) =>
        MergingEngine.Stores(item.Engine) && !item.Name.IsInner ? item
        : item.Engine == "MaterializedView" && item.Shape.Target is { IsInner: true } inner ? world.Beside(item, inner)
        : null;

    private static bool IsUsed(World world, ObjectState item) =>
        item.Pushes.Any() || world.WritersOf(item).Concat(world.Readers(item)).Concat(world.ProxiesOf(item)).Any(other => other.Ref != item.Ref);

    private static bool HoldsRows(World before, ObjectState item) =>
        Store(before, item) is { Uuid.Length: > 0 } && !IsRecomputed(before, item);

    /// <summary>A refresh writes all rows anew.</summary>
    private static bool IsRecomputed(World world, ObjectState item) =>
        Refreshes.Replaces(item) || world.WritersOf(item).Any(Refreshes.Replaces);

    /// <summary>Tables whose rows were written elsewhere, also through views and proxies that read them.</summary>
    private static HashSet<ObjectRef> Carried(ChangeFacts facts, World before)
    {
        var found = new HashSet<ObjectRef>();
        var open = new Stack<ObjectState>(before.Objects.Where(item => facts.Rows.Copied.Contains(item.Uuid)));
        while (open.TryPop(out var item))
        {
            if (!found.Add(item.Ref) || MergingEngine.Stores(item.Engine))
                continue;
            var behind = item.Engine == "MaterializedView" ? [before.Target(item)] : item.Sources.Select(name => before.Beside(item, name)).Append(before.Behind(item));
            foreach (var source in behind.OfType<ObjectState>())
                open.Push(source);
        }

        return found;
    }
}
