using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A view reaches its target by column name; a name that no longer matches loses values without an error.</summary>
internal static class LostNames
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        (from view in facts.After.Objects
        where view.HasSelect && view.Fault is null
        let target = facts.After.Target(view)
        where target is not null
        from found in OfView(facts, view, target)
        select found).Concat(facts.After.Objects.SelectMany(table => Closed(facts, table)));

    /// <summary>A column of a table that rows come into from outside, and that computes its values now whatever is sent.</summary>
    private static IEnumerable<Breakage> Closed(ChangeFacts facts, ObjectState table) =>
        from column in table.Shape.Columns
        where MergingEngine.Stores(table.Engine) && column.DefaultKind is "MATERIALIZED" or "ALIAS"
        where facts.Was(table) is { } was && WasTaken(was, column.Name) && !facts.After.WritersOf(table).Any() && !facts.After.ProxiesOf(table).Any()
        select new Breakage("MR313", Severity.Warning,
            $"what producers send for `{table.Ref}`.`{column.Name}` is dropped from now on, or refused where an INSERT names it: the column is {column.DefaultKind} {column.DefaultExpression}")
        {
            Where = table.Ref,
            Column = column.Name,
            Causes = [table.Ref],
            Path = Flow.Text(facts.After, column.Name, table.Ref),
            Fix = $"DEFAULT {column.DefaultExpression} instead: it computes what is not sent, and takes what is",
        };

    private static IEnumerable<Breakage> OfView(ChangeFacts facts, ObjectState view, ObjectState target)
    {
        var was = facts.Was(view);
        var oldTarget = was is null ? null : facts.Before!.Target(was);
        foreach (var output in view.Output)
        {
            var column = target.Column(output.Name);
            if (column is null && IsLost(facts, view, was, oldTarget, output.Name))
                yield return Dropped(facts, view, target, output.Name, oldTarget?.Column(output.Name) is not null);
            else if (column is not null && !Conversions.TakesValues(column) && column.DefaultKind != "EPHEMERAL" && WasTaken(oldTarget, output.Name))
                yield return Ignored(facts, view, target, column);
            else if (column is not null && StartsUnasked(view, was, oldTarget, output.Name))
                yield return Starts(facts, view, target, column);
        }

        if (was is null || oldTarget is null)
            yield break;
        foreach (var column in target.Shape.Columns.Where(Conversions.TakesValues))
            if (view.Output.All(o => o.Name != column.Name) && was.Output.Any(o => o.Name == column.Name) && WasTaken(oldTarget, column.Name)
                && !facts.SentDefaults.Contains((target.Ref, column.Name)))
                yield return Unfed(facts, view, target, column);
    }

    private static bool WasTaken(ObjectState? table, string column) => table?.Column(column) is { } known && Conversions.TakesValues(known);

    private static bool IsLost(ChangeFacts facts, ObjectState view, ObjectState? was, ObjectState? oldTarget, string column)
    {
        if (facts.Before is null || was is null)
            return true;
        if (was.Output.Any(o => o.Name == column))
            return oldTarget?.Column(column) is not null;
        // A column that only passes by under `SELECT *` was never promised to anybody.
        return was.Shape.AsSelect != view.Shape.AsSelect;
    }

    private static bool StartsUnasked(ObjectState view, ObjectState? was, ObjectState? oldTarget, string column) =>
        was is not null && was.Fault is null && was.Shape.AsSelect == view.Shape.AsSelect
        && was.Output.All(o => o.Name != column) && WasTaken(oldTarget, column);

    private static Breakage Dropped(ChangeFacts facts, ObjectState view, ObjectState target, string column, bool had) =>
        new("MR310", facts.Before is null ? Severity.Warning : Severity.Error,
            had
                ? $"values of `{column}` are dropped: `{target.Ref}` has no such column any more, and `{view.Ref}` still sends it"
                : $"values of `{column}` are dropped: `{view.Ref}` sends it, and `{target.Ref}` has no such column")
        {
            Where = target.Ref,
            Column = column,
            Causes = [target.Ref, view.Ref, .. SourcesOf(view)],
            Path = Flow.Text(facts.After, null, view.Ref, target.Ref),
            Evidence = [.. DidYouMean.Suggest(column, target.Shape.Columns.Select(c => c.Name)) is { } near ? [$"`{target.Ref}` has `{near}`"] : (string[])[]],
            Fix = had
                ? $"first ALTER TABLE {Quote.Name(view.Name)} MODIFY QUERY without `{column}` (or under its new name), then change the target"
                : $"first ALTER TABLE {Quote.Name(target.Name)} ADD COLUMN {Quote.Name(column)}, then the view; or give the expression the name of a column",
        };

    private static Breakage Unfed(ChangeFacts facts, ObjectState view, ObjectState target, ColumnShape column)
    {
        var becomes = column.DefaultKind == "DEFAULT" ? column.DefaultExpression : $"the default of {column.Type}";
        var role = RoleOf(target, column.Name);
        return new(
            role is null ? "MR311" : "MR333", Severity.Error,
            role is null
                ? $"`{target.Ref}`.`{column.Name}` is no longer fed by `{view.Ref}`: every new row gets {becomes}"
                : $"`{target.Ref}`.`{column.Name}` is its {role} and no longer fed by `{view.Ref}`: every new row gets {becomes}, and {Consequence(role)}")
        {
            Where = target.Ref,
            Column = column.Name,
            Causes = [view.Ref, target.Ref, .. SourcesOf(view)],
            Path = Flow.Text(facts.After, null, view.Ref, target.Ref),
            Fix = $"keep `{column.Name}` in the SELECT of `{view.Ref}`, or drop it from the target as well",
        };
    }

    private static string? RoleOf(ObjectState table, string column)
    {
        var arguments = MergingEngine.Arguments(table.Shape);
        var position = arguments.ToList().IndexOf(column);
        return (MergingEngine.Family(table.Engine), position) switch
        {
            (_, < 0) => null,
            ("ReplacingMergeTree", 0) => "version",
            ("ReplacingMergeTree", _) => "deletion mark",
            ("CollapsingMergeTree", _) => "sign",
            ("VersionedCollapsingMergeTree", 0) => "sign",
            ("VersionedCollapsingMergeTree", _) => "version",
            _ => null,
        };
    }

    private static string Consequence(string role) => role switch
    {
        "version" => "a merge keeps the row that came last, not the newest",
        "sign" => "rows no longer cancel each other out",
        _ => "deleted rows come back",
    };

    private static Breakage Ignored(ChangeFacts facts, ObjectState view, ObjectState target, ColumnShape column) =>
        // A value that is sent for a MATERIALIZED column is stored as sent, by this engine at least: strange, but no loss.
        new("MR313", column.DefaultKind == "ALIAS" ? Severity.Error : Severity.Info,
            column.DefaultKind == "ALIAS"
                ? $"what `{view.Ref}` sends for `{column.Name}` is dropped: in `{target.Ref}` it is an ALIAS now ({column.DefaultExpression})"
                : $"`{target.Ref}`.`{column.Name}` is {column.DefaultKind} now ({column.DefaultExpression}), but holds what `{view.Ref}` sends as long as it sends it")
        {
            Where = target.Ref,
            Column = column.Name,
            Causes = [target.Ref, view.Ref],
            Path = Flow.Text(facts.After, null, view.Ref, target.Ref),
            Fix = $"take `{column.Name}` out of the view first, if the computed value is meant; else make it DEFAULT",
        };

    private static Breakage Starts(ChangeFacts facts, ObjectState view, ObjectState target, ColumnShape column) =>
        new("MR312", Severity.Error,
            $"`{column.Name}` starts flowing from {Source(view)} into `{target.Ref}` through `SELECT *` of `{view.Ref}`"
            + (column.DefaultKind == "DEFAULT" ? $", over its default {column.DefaultExpression}" : ", where it was empty so far"))
        {
            Where = target.Ref,
            Column = column.Name,
            Causes = [.. SourcesOf(view), view.Ref],
            Path = Flow.Text(facts.After, column.Name, [.. SourcesOf(view).Take(1), view.Ref, target.Ref]),
            Fix = $"name the columns in the SELECT of `{view.Ref}` before the source gets the new one",
        };

    private static string Source(ObjectState view) => view.Sources.IsEmpty ? "its source" : $"`{view.Sources[0]}`";

    private static IEnumerable<ObjectRef> SourcesOf(ObjectState view) => view.Sources.Select(name => new ObjectRef(view.Ref.Role, name));
}
