using System.Collections.Immutable;

namespace Millrace.Core.Lineage;

/// <summary>Everything that hands data to something else, on all roles.</summary>
public sealed record LineageGraph
{
    private ImmutableDictionary<string, LineageNode> _byId = ImmutableDictionary<string, LineageNode>.Empty;

    public LineageGraph(ImmutableArray<LineageNode> nodes, ImmutableArray<LineageEdge> edges, ImmutableArray<ColumnEdge> columnEdges) =>
        (Nodes, Edges, ColumnEdges) = (nodes, edges, columnEdges);

    public static LineageGraph Empty { get; } = new([], [], []);

    public ImmutableArray<LineageNode> Nodes
    {
        get;
        init => (field, _byId) = (value, value.ToImmutableDictionary(node => node.Id));
    }

    public ImmutableArray<LineageEdge> Edges { get; init; }

    /// <summary>Column to column, within tables (computed columns) and between them.</summary>
    public ImmutableArray<ColumnEdge> ColumnEdges { get; init; }

    /// <summary>What could not be understood, a line each; the rest of the graph is there nevertheless.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];

    public LineageNode? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The part that consists of some nodes and what is between them.</summary>
    public LineageGraph Only(IReadOnlySet<string> ids) => this with
    {
        Nodes = [.. Nodes.Where(node => ids.Contains(node.Id))],
        Edges = [.. Edges.Where(edge => ids.Contains(edge.From) && ids.Contains(edge.To))],
        ColumnEdges = [.. ColumnEdges.Where(edge => ids.Contains(edge.From) && ids.Contains(edge.To))],
    };

    /// <summary>So many edges, and the nodes at their ends.</summary>
    public LineageGraph First(int edges)
    {
        var kept = Edges.Take(edges).ToImmutableArray();
        return Only(kept.SelectMany(edge => new[] { edge.From, edge.To }).ToHashSet(StringComparer.Ordinal)) with { Edges = kept };
    }

    /// <summary>The nodes, everything that they reach, and everything that reaches them.</summary>
    public LineageGraph Around(IEnumerable<string> ids)
    {
        var start = ids.Where(_byId.ContainsKey).ToList();
        return Only(Reach(start, up: true).Union(Reach(start, up: false)).ToHashSet(StringComparer.Ordinal));
    }

    private HashSet<string> Reach(IEnumerable<string> start, bool up)
    {
        var next = Edges.ToLookup(edge => up ? edge.To : edge.From, edge => up ? edge.From : edge.To);
        var seen = start.ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var id))
            foreach (var other in next[id])
                if (seen.Add(other))
                    open.Enqueue(other);
        return seen;
    }
}
