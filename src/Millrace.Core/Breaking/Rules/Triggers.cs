using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Views that inserts do not reach: a view fires for one table only, and some tables never fire.</summary>
internal static class Triggers
{
    private static readonly string[] NeverPush = ["View", "MaterializedView", "Merge", "Dictionary", "LiveView"];

    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from view in facts.After.Objects
        where view.IsTriggered && view.Fault is null
        from found in OfView(facts, view)
        select found;

    private static IEnumerable<Breakage> OfView(ChangeFacts facts, ObjectState view)
    {
        var was = facts.Was(view);
        var pushers = facts.After.PushersOf(view).ToList();
        if (was is not null && was.Shape.AsSelect == view.Shape.AsSelect && NewlyDeaf(facts, view, was) is { } deaf)
        {
            yield return deaf;
            yield break;
        }

        if (facts.Before is not null && was is not null && was.Shape.AsSelect == view.Shape.AsSelect)
            yield break;
        foreach (var source in pushers.Where(p => NeverPush.Contains(p.Engine)))
            yield return Never(facts, view, source);
        foreach (var branch in view.Branches.Where(name => pushers.Count > 0 && pushers.All(p => p.Name != name)))
            yield return OtherBranch(facts, view, pushers[0], branch.ToString());
        if (pushers.Count == 0)
            yield return NoTrigger(facts, view);
        else if (was is not null && facts.Before!.PushersOf(was).Select(p => p.Ref).Except(pushers.Select(p => p.Ref)).FirstOrDefault() is { } former)
            yield return Moved(facts, view, former, pushers[0]);
    }

    /// <summary>The tables changed places under the view, and the probe's rows no longer come out of it.</summary>
    private static Breakage? NewlyDeaf(ChangeFacts facts, ObjectState view, ObjectState was)
    {
        var moved = facts.Before!.PushersOf(was).FirstOrDefault(source => facts.After.Find(source.Ref)?.Uuid != source.Uuid);
        if (moved is null || facts.After.Target(view) is not { } target)
            return null;
        var starved = facts.Probe.Any(d => d.Where == target.Ref && d.Outcome == ProbeOutcome.RowsMissing);
        if (!starved && facts.After.Find(moved.Ref) is not null)
            return null;
        var to = facts.After.Objects.FirstOrDefault(item => item.Ref.Role == moved.Ref.Role && item.Uuid == moved.Uuid);
        return new("MR320", Severity.Error,
            to is null
                ? $"`{view.Ref}` no longer fires: its source `{moved.Ref}` is another table now"
                : $"`{view.Ref}` no longer fires for `{moved.Ref}`: the table that it is attached to is called `{to.Ref}` now")
        {
            Where = target.Ref,
            Causes = [moved.Ref, .. to is null ? [] : (ObjectRef[])[to.Ref]],
            Path = Flow.Text(facts.After, null, moved.Ref, view.Ref, target.Ref),
            Evidence = [.. facts.Probe.Where(d => d.Where == target.Ref && d.Outcome == ProbeOutcome.RowsMissing)
                .Select(d => $"measured: the same rows put {d.Before} into `{target.Ref}` before, {d.After} after")],
            Fix = "EXCHANGE TABLES instead of renaming, or attach the view anew: DETACH TABLE, then ATTACH TABLE",
        };
    }

    private static Breakage Never(ChangeFacts facts, ObjectState view, ObjectState source) =>
        new("MR322", SeverityOf(facts), $"`{view.Ref}` never fires: inserts are not pushed through `{source.Ref}`, which is a {source.Engine}")
        {
            Where = view.Ref,
            Causes = [view.Ref],
            Path = Flow.Text(facts.After, null, source.Ref, view.Ref),
            Fix = source.Shape.Target is { } target ? $"select from `{target}`, the table that `{source.Ref}` writes to" : "select from the tables behind it, one view each",
        };

    private static Breakage OtherBranch(ChangeFacts facts, ObjectState view, ObjectState source, string branch) =>
        new("MR321", SeverityOf(facts), $"`{view.Ref}` fires for `{source.Ref}` only: rows of `{branch}`, in a later branch of its UNION ALL, never arrive")
        {
            Where = view.Ref,
            Causes = [view.Ref],
            Path = Flow.Text(facts.After, null, source.Ref, view.Ref),
            Fix = "one view per branch, all into the same target",
        };

    private static Breakage NoTrigger(ChangeFacts facts, ObjectState view) =>
        new("MR322", SeverityOf(facts), $"`{view.Ref}` never fires: no table that it selects from pushes to it")
        {
            Where = view.Ref,
            Causes = [view.Ref],
            Fix = "select from a table that is inserted into; for anything else, make it REFRESH on a schedule",
        };

    private static Breakage Moved(ChangeFacts facts, ObjectState view, ObjectRef former, ObjectState now) =>
        new("MR323", Severity.Warning, $"`{view.Ref}` fires for `{now.Ref}` now, and no longer for `{former}`")
        {
            Where = view.Ref,
            Causes = [view.Ref],
            Path = Flow.Text(facts.After, null, now.Ref, view.Ref),
            Fix = "keep a second view on the former source, if rows still go there",
        };

    private static Severity SeverityOf(ChangeFacts facts) => facts.Before is null ? Severity.Warning : Severity.Error;
}
