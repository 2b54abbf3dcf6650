using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A view that refreshes after another one waits for it for ever once that one is gone.</summary>
internal static class Dependencies
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from view in facts.After.Objects
        where facts.Before is not null && view.IsRefreshable
        from name in Refreshes.WaitsFor(view)
        let awaited = facts.Before!.Beside(view, name)
        where awaited is { IsRefreshable: true } && facts.After.Beside(view, name) is not { IsRefreshable: true }
        select new Breakage("MR347", Severity.Error, $"`{view.Ref}` refreshes no more: it waits for `{name}`, which refreshes no more")
        {
            Where = view.Ref,
            Causes = [awaited.Ref, view.Ref],
            Path = Flow.Text(facts.After, null, view.Ref),
            Evidence = ["nothing fails: system.view_refreshes shows WaitingForDependencies"],
            Fix = "ALTER TABLE ... MODIFY REFRESH without DEPENDS ON, or with the view that there is now",
        };
}
