using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Views, dictionaries and proxies whose definition names something that is gone.</summary>
internal static class BrokenDefinitions
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts)
    {
        foreach (var item in facts.After.Objects)
        {
            var was = facts.Was(item);
            if (item.Fault is { } fault && was?.Fault is null)
                yield return Broken(facts, item, was, fault);
            if (item.Shape.Target is { } target && facts.After.Target(item) is null && (was is null || facts.Before!.Target(was) is not null))
                yield return WithoutTarget(facts, item, target.ToString());
            if (ProxyTarget.Of(item.Shape) is { } behind && facts.After.Behind(item) is null && was is not null && facts.Before!.Behind(was) is { } stood)
                yield return WithoutTable(facts, item, stood);
        }
    }

    private static Breakage Broken(ChangeFacts facts, ObjectState item, ObjectState? was, EngineFault fault)
    {
        var source = Trigger(facts, item, was);
        var (code, message) = item switch
        {
            { Engine: "Dictionary" } => ("MR345", $"dictionary `{item.Ref}` can no longer load: it keeps its stale values, or has none after a restart"),
            { IsRefreshable: true } => ("MR347", $"`{item.Ref}` can no longer refresh: its table keeps the rows of the last time, and only system.view_refreshes tells"),
            { Engine: "MaterializedView" } => ("MR314", $"every insert into {source} fails: the SELECT of `{item.Ref}` no longer works"),
            _ => ("MR346", $"`{item.Ref}` can no longer be read"),
        };
        return new(code, facts.Before is null ? Severity.Warning : Severity.Error, message)
        {
            Where = item.Ref,
            Causes = [.. (was ?? item).Sources.Select(name => new ObjectRef(item.Ref.Role, name)).Where(facts.IsChanged), item.Ref],
            Path = Flow.Text(facts.After, null, item.Ref),
            Evidence = [fault.ToString()],
            Fix = $"change `{item.Ref}` first, so that it no longer needs what goes away",
        };
    }

    private static string Trigger(ChangeFacts facts, ObjectState item, ObjectState? was)
    {
        var pushers = facts.After.PushersOf(item).Concat(was is null ? [] : facts.Before!.PushersOf(was)).Select(p => $"`{p.Ref}`").Distinct().ToList();
        return pushers.Count == 0 ? "its source" : string.Join(" and ", pushers);
    }

    private static Breakage WithoutTarget(ChangeFacts facts, ObjectState view, string target) =>
        new("MR315", facts.Before is null ? Severity.Warning : Severity.Error,
            view.IsRefreshable
                ? $"`{view.Ref}` can no longer refresh: its target `{target}` is gone"
                : $"every insert into {Trigger(facts, view, facts.Was(view))} fails: `{view.Ref}` writes to `{target}`, which is gone")
        {
            Where = view.Ref,
            Causes = [new ObjectRef(view.Ref.Role, view.Shape.Target!), view.Ref],
            Path = $"{view.Ref} -> {target}",
            Fix = "drop the view first; to replace the table, EXCHANGE it: the name is never without a table",
        };

    private static Breakage WithoutTable(ChangeFacts facts, ObjectState proxy, ObjectState stood) =>
        new("MR341", Severity.Error, $"`{proxy.Ref}` stands in front of `{stood.Ref}`, which is gone: reads fail, and inserts fail or wait")
        {
            Where = proxy.Ref,
            Causes = [stood.Ref, proxy.Ref],
            Path = $"{proxy.Ref} -> {stood.Ref}",
            Fix = "drop the proxy first, or EXCHANGE the table instead of renaming it",
        };
}
