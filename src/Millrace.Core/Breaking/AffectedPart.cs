using Millrace.Core.Lineage;

namespace Millrace.Core.Breaking;

/// <summary>The ways of data around what a change touches.</summary>
public static class AffectedPart
{
    /// <summary>What changed, all that leads there and all that it leads to, what the change takes away included.</summary>
    public static LineageGraph Of(ChangeFacts facts)
    {
        if (facts.Before is null)
            return LineageGraph.Empty;
        var (was, now) = (Graph(facts.Before), Graph(facts.After));
        var changed = new[] { facts.Before, facts.After }.SelectMany(world => world.Objects).Select(item => item.Ref).Distinct()
            .Where(facts.IsChanged).Select(LineageBuilder.IdOf).ToList();
        return new LineageGraph(
            [.. now.Nodes.Concat(was.Nodes).DistinctBy(node => node.Id)],
            [.. now.Edges.Concat(was.Edges).DistinctBy(edge => (edge.From, edge.To))],
            [.. now.ColumnEdges.Union(was.ColumnEdges)]).Around(changed);
    }

    private static LineageGraph Graph(World world) => new LineageBuilder(world, collection => collection, _ => null).Build();
}
