using System.Collections.Immutable;

namespace Millrace.Core.Lineage;

/// <summary>Everything downstream or upstream of objects or of one of their columns, the nearest first.</summary>
public sealed class Impact
{
    private readonly LineageGraph _graph;
    private readonly bool _up;
    private readonly ILookup<(string Node, string Column), (string Node, string Column, EdgeKind Kind)> _columns;
    private readonly ILookup<string, (string Node, EdgeKind Kind)> _nodes;

    private readonly Dictionary<(string Node, string Column), (string Node, string Column)?> _came = [];
    private readonly Dictionary<(string Node, string Column), (EdgeKind Kind, int Steps)> _reached = [];

    private Impact(LineageGraph graph, bool up)
    {
        (_graph, _up) = (graph, up);
        _columns = graph.ColumnEdges.ToLookup(
            edge => up ? (edge.To, edge.ToColumn) : (edge.From, edge.FromColumn),
            edge => up ? (edge.From, edge.FromColumn, edge.Kind) : (edge.To, edge.ToColumn, edge.Kind));
        _nodes = graph.Edges.ToLookup(edge => up ? edge.To : edge.From, edge => up ? (edge.From, edge.Kind) : (edge.To, edge.Kind));
    }

    public static ImmutableArray<ImpactItem> Of(LineageGraph graph, Selection selection, bool up) => new Impact(graph, up).Walk(selection);

    private ImmutableArray<ImpactItem> Walk(Selection selection)
    {
        foreach (var node in selection.Nodes)
            _came.TryAdd((node.Id, selection.Column ?? ""), null);
        // Values first: what is reached only afterwards decides about rows, and hands on nothing.
        Spread(selection, values: true);
        var values = _came.Keys.ToHashSet();
        Spread(selection, values: false);
        var start = selection.Nodes.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from place in _reached.Keys
               group place by place.Node into places
               let nearest = places.MinBy(place => (values.Contains(place) ? 0 : 1, _reached[place].Steps))
               let columns = places.Where(place => place.Column.Length > 0).ToLookup(values.Contains, place => place.Column)
               where !start.Contains(places.Key) || columns.Count > 0
               orderby _reached[nearest].Steps, places.Key
               select new ImpactItem(
                   _graph.Find(places.Key)!, _reached[nearest].Kind, _reached[nearest].Steps,
                   [.. columns[true].Order(StringComparer.Ordinal)], [.. columns[false].Order(StringComparer.Ordinal)],
                   selection.Column is not null && places.Any(place => place.Column.Length == 0) && _graph.Find(places.Key)!.Kind != NodeKind.Topic,
                   PathTo(nearest)),
        ];
    }

    private void Spread(Selection selection, bool values)
    {
        var open = new Queue<(string Node, string Column)>(_came.Keys);
        while (open.TryDequeue(out var here))
            foreach (var (node, column, kind) in Next(here, selection.Column is null))
                if ((!values || kind != EdgeKind.Indirect) && _came.TryAdd((node, column), here))
                {
                    _reached[(node, column)] = (kind, (_reached.TryGetValue(here, out var step) ? step.Steps : 0) + 1);
                    open.Enqueue((node, column));
                }
    }

    private IEnumerable<(string Node, string Column, EdgeKind Kind)> Next((string Node, string Column) here, bool wholeObjects)
    {
        if (here.Column.Length == 0)
        {
            // What decides about all rows of an object decides about whatever it hands on.
            if (wholeObjects || !_up)
                foreach (var (node, kind) in _nodes[here.Node])
                    yield return (node, "", kind);
            if (!_up || wholeObjects)
                yield break;
        }

        foreach (var next in _columns[here])
            yield return next;
        if (here.Column.Length == 0)
            yield break;
        // Upstream, what decides about the rows of the object counts as well; downstream, what reads the whole of it does.
        foreach (var next in _columns[(here.Node, "")])
            yield return next;
        // Fields of messages have no names of their own here: a topic is where a Kafka table's columns come from and go to.
        foreach (var (node, kind) in _nodes[here.Node].Where(next => _graph.Find(next.Node)?.Kind == NodeKind.Topic))
            yield return (node, "", kind);
    }

    private ImmutableArray<string> PathTo((string Node, string Column) end)
    {
        var path = new List<string>();
        for ((string Node, string Column)? at = end; at is { } place; at = _came[place])
            path.Add($"{_graph.Find(place.Node)!.Name}{(place.Column.Length > 0 ? $".{place.Column}" : "")}");
        if (!_up)
            path.Reverse();
        return [.. path];
    }
}
