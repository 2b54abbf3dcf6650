using Millrace.Core.Findings;
using Millrace.Core.Lineage;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A column that a definition names without its table, and that another of its tables has now as well.</summary>
internal static class OtherSource
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from view in facts.After.Objects
        where view.HasSelect && view.Fault is null
        let was = facts.Was(view)
        where was is not null && was.Fault is null && was.Shape.AsSelect == view.Shape.AsSelect && view.Sources.Length > 1
        from moved in Moved(was, view)
        select Describe(facts, view, moved.Was, moved.Now);

    private static IEnumerable<(ColumnOrigin Was, ColumnOrigin Now)> Moved(ObjectState was, ObjectState view) =>
        from now in view.Origins
        where now.Column.Length > 0 && !was.Origins.Any(origin => origin.Source == now.Source && origin.Column == now.Column && origin.Output == now.Output)
        let then = was.Origins.FirstOrDefault(origin => origin.Output == now.Output && origin.Column == now.Column && origin.Source != now.Source
            && !view.Origins.Any(left => left.Output == now.Output && left.Column == now.Column && left.Source == origin.Source))
        where then is not null && was.Sources.Contains(now.Source) && view.Sources.Contains(then.Source)
        group (then, now) by now.Column into moved
        select moved.OrderByDescending(pair => pair.now.Output.Length).First();

    private static Breakage Describe(ChangeFacts facts, ObjectState view, ColumnOrigin then, ColumnOrigin now) =>
        new("MR316", Severity.Error,
            now.Output.Length > 0
                ? $"`{now.Output}` of `{view.Ref}` comes from another table: `{now.Column}` means `{now.Source}`.`{now.Column}` now, and meant `{then.Source}`.`{then.Column}`"
                : $"`{view.Ref}` takes other rows: `{now.Column}` means `{now.Source}`.`{now.Column}` now, and meant `{then.Source}`.`{then.Column}`")
        {
            Where = view.Ref,
            Column = now.Output.Length > 0 ? now.Output : null,
            Causes = [new ObjectRef(view.Ref.Role, now.Source), view.Ref],
            Path = Flow.Text(facts.After, now.Column, new ObjectRef(view.Ref.Role, now.Source), view.Ref, facts.After.Target(view)?.Ref),
            Fix = $"name the table in the view first: MODIFY QUERY with {then.Source.Name}.{then.Column}, then add the column",
        };
}
