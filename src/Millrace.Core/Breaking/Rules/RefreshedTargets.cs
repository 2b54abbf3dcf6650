using Millrace.Core.Findings;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A view whose refresh puts its rows in the place of all others, on a table that holds rows which it does not make.</summary>
internal static class RefreshedTargets
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from view in facts.After.Objects
        where Refreshes.Replaces(view)
        let table = facts.After.Target(view)
        where table is not null && !table.Name.IsInner
        let other = facts.After.WritersOf(table).FirstOrDefault(writer => writer.Ref != view.Ref)
        let wasAppending = facts.Before is not null && facts.Was(table) is { } former
            && facts.Before.WritersOf(former).Any(Refreshes.Appends)
        where wasAppending || (other is not null && IsNews(facts, view, other))
        select Describe(facts, view, table, other);

    private static bool IsNews(ChangeFacts facts, ObjectState view, ObjectState other) =>
        facts.Was(view) is not { } was || !Refreshes.Replaces(was) || was.Shape.Target != view.Shape.Target
        || facts.Was(other) is not { } known || known.Shape.Target != other.Shape.Target;

    private static Breakage Describe(ChangeFacts facts, ObjectState view, ObjectState table, ObjectState? other) =>
        new("MR327", facts.Before is null ? Severity.Warning : Severity.Error,
            $"every refresh of `{view.Ref}` replaces all rows of `{table.Ref}`"
            + (other is not null ? $", also those that `{other.Ref}` writes" : ", also those of earlier refreshes, which were kept until now"))
        {
            Where = table.Ref,
            Causes = [view.Ref, .. other is null ? [] : (ObjectRef[])[other.Ref]],
            Path = Flow.Text(facts.After, null, view.Ref, table.Ref),
            Fix = $"REFRESH ... APPEND TO {Quote.Name(table.Name)}, or give the view a table of its own",
        };
}
