using System.Collections.Immutable;
using Millrace.Core.Lineage;

namespace Millrace.Core.Breaking;

/// <summary>Ways through a world, object by object.</summary>
public static class Flow
{
    /// <summary>What rows or values of an object reach directly.</summary>
    public static IEnumerable<ObjectState> Next(World world, ObjectState item) => Edges(world, item).Select(edge => edge.To);

    /// <summary>The same, with the way in which they get there.</summary>
    public static IEnumerable<(ObjectState To, EdgeKind Kind)> Edges(World world, ObjectState item)
    {
        foreach (var view in item.Pushes)
            if (world.Beside(item, view) is { } pushed)
                yield return (pushed, EdgeKind.Trigger);
        if (world.Target(item) is { } target)
            yield return (target, EdgeKind.Direct);
        foreach (var proxy in world.ProxiesOf(item))
            if (proxy.Ref != item.Ref && !proxy.Pushes.Any() && !world.WritersOf(proxy).Any())
                yield return (proxy, EdgeKind.Remote);
        if (world.Behind(item) is { } table)
            yield return (table, item.Engine == "Buffer" ? EdgeKind.Direct : EdgeKind.Remote);
        foreach (var reader in Readers(world, item))
            yield return (reader, HowRead(reader, item));
    }

    /// <summary>A view that fires for another table looks this one up; everything else reads it when it is asked itself.</summary>
    private static EdgeKind HowRead(ObjectState reader, ObjectState read)
    {
        var kinds = reader.Origins.Where(origin => origin.Source == read.Name).Select(origin => origin.Kind).ToHashSet();
        if (kinds.Count > 0 && kinds.All(kind => kind == EdgeKind.Indirect))
            return EdgeKind.Indirect;
        var isLookedUp = reader.IsTriggered || (kinds.Count > 0 && kinds.All(kind => kind is EdgeKind.Lookup or EdgeKind.Indirect)) || read.Engine == "Dictionary";
        return isLookedUp ? EdgeKind.Lookup : EdgeKind.Direct;
    }

    /// <summary>Everything that depends on any of the objects, the objects themselves first.</summary>
    public static ImmutableArray<ObjectState> Downstream(World world, params IEnumerable<ObjectState> from) =>
        Walk(from, item => Next(world, item));

    /// <summary>Everything that the objects depend on or are reached from, the objects themselves first.</summary>
    public static ImmutableArray<ObjectState> Upstream(World world, params IEnumerable<ObjectState> from)
    {
        var back = world.Objects
            .SelectMany(item => Next(world, item).Select(next => (next.Ref, item)))
            .ToLookup(pair => pair.Ref, pair => pair.item);
        return Walk(from, item => back[item.Ref]);
    }

    /// <summary>One way from an object through others, in the user's words.</summary>
    public static string Text(World world, string? column, params ReadOnlySpan<ObjectRef?> steps)
    {
        var names = new List<string>();
        ObjectRef? last = null;
        foreach (var step in steps)
        {
            if (step is null || step == last)
                continue;
            names.Add(column is not null && world.Find(step) is { HasSelect: false } table && table.Column(column) is not null
                ? $"{step}.{column}"
                : step.ToString());
            last = step;
        }

        if (last is not null && world.Find(last) is { } end)
            names.AddRange(Downstream(world, end).Skip(1).Take(4).Select(item => item.Ref.ToString()));
        return string.Join(" -> ", names.Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<ObjectState> Readers(World world, ObjectState item) =>
        world.Readers(item).Where(reader => !item.Pushes.Contains(reader.Name));

    private static ImmutableArray<ObjectState> Walk(IEnumerable<ObjectState> from, Func<ObjectState, IEnumerable<ObjectState>> next)
    {
        var seen = new HashSet<ObjectRef>();
        var found = ImmutableArray.CreateBuilder<ObjectState>();
        foreach (var item in from)
            if (seen.Add(item.Ref))
                found.Add(item);
        for (var i = 0; i < found.Count; i++)
            foreach (var item in next(found[i]))
                if (seen.Add(item.Ref))
                    found.Add(item);
        return found.DrainToImmutable();
    }
}
