using System.Collections.Immutable;

namespace Millrace.Core.Breaking;

/// <summary>The ways of data around what a change touches.</summary>
public static class AffectedPart
{
    /// <summary>Edges by name, those that the change takes away included.</summary>
    public static ImmutableArray<(string From, string To)> Of(ChangeFacts facts)
    {
        if (facts.Before is null)
            return [];
        var worlds = new[] { facts.Before, facts.After };
        var changed = worlds.SelectMany(world => world.Objects).Select(item => item.Ref).Distinct().Where(facts.IsChanged).ToList();
        return [.. worlds.SelectMany(world => Edges(world, changed)).Distinct().Order()];
    }

    private static IEnumerable<(string From, string To)> Edges(World world, List<ObjectRef> changed)
    {
        var here = changed.Select(world.Find).OfType<ObjectState>().ToList();
        var near = Flow.Upstream(world, here).Concat(Flow.Downstream(world, here)).Select(item => item.Ref).ToHashSet();
        return
            from giver in world.Objects
            where near.Contains(giver.Ref)
            from taker in Flow.Next(world, giver)
            where near.Contains(taker.Ref)
            select (giver.Ref.ToString(), taker.Ref.ToString());
    }
}
