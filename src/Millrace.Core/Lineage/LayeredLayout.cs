using System.Collections.Immutable;

namespace Millrace.Core.Lineage;

/// <summary>
/// Puts a graph into layers, so that edges lead from left to right and cross seldom. Edges over several layers bend in each
/// of them. Which heights things have is the drawer's business: here is only who comes beneath whom.
/// </summary>
public sealed class LayeredLayout
{
    private const int Sweeps = 12;

    private readonly LineageGraph _graph;
    private readonly Dictionary<string, int> _layers = new(StringComparer.Ordinal);
    private readonly List<(string From, string To)> _forward = [];

    private LayeredLayout(LineageGraph graph) => _graph = graph;

    /// <summary>Parts that hang together, the largest first; what is connected with nothing is in none of them.</summary>
    public static ImmutableArray<LayoutPart> Of(LineageGraph graph)
    {
        var layout = new LayeredLayout(graph);
        layout.Straighten();
        layout.Rank();
        return [.. layout.Parts().OrderByDescending(part => part.Layers.Sum(layer => layer.Length)).ThenBy(part => part.Layers[0][0].Node, StringComparer.Ordinal)];
    }

    /// <summary>Edges that lead back to where they came from are turned round for the layout.</summary>
    private void Straighten()
    {
        var edges = _graph.Edges.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        var fed = _graph.Edges.Select(edge => edge.To).ToHashSet(StringComparer.Ordinal);
        var state = new Dictionary<string, bool>(StringComparer.Ordinal); // True while it is on the way.
        foreach (var start in _graph.Nodes.OrderBy(node => fed.Contains(node.Id)).Select(node => node.Id))
        {
            if (!state.TryAdd(start, true))
                continue;
            var way = new Stack<(string Node, IEnumerator<string> Next)>([(start, edges[start].GetEnumerator())]);
            while (way.TryPeek(out var here))
            {
                if (!here.Next.MoveNext())
                {
                    state[way.Pop().Node] = false;
                    continue;
                }

                var to = here.Next.Current;
                var isBack = state.TryGetValue(to, out var onTheWay) && onTheWay;
                if (to != here.Node)
                    _forward.Add(isBack ? (to, here.Node) : (here.Node, to));
                if (state.TryAdd(to, true))
                    way.Push((to, edges[to].GetEnumerator()));
            }
        }
    }

    /// <summary>As far left as what leads there allows; what is looked up by many stands next to them.</summary>
    private void Rank()
    {
        var waiting = _graph.Nodes.ToDictionary(node => node.Id, _ => 0, StringComparer.Ordinal);
        foreach (var (_, to) in _forward)
            waiting[to]++;
        var next = _forward.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        var open = new Queue<string>(waiting.Where(pair => pair.Value == 0).Select(pair => pair.Key).Order(StringComparer.Ordinal));
        foreach (var source in open)
            _layers[source] = 0;
        while (open.TryDequeue(out var here))
            foreach (var to in next[here])
            {
                _layers[to] = Math.Max(_layers.GetValueOrDefault(to), _layers[here] + 1);
                if (--waiting[to] == 0)
                    open.Enqueue(to);
            }

        // What feeds more than it is fed by moves up to what it feeds: the fewer layers many edges cross, the better.
        var fed = _forward.ToLookup(edge => edge.To);
        foreach (var node in _layers.Keys.OrderByDescending(node => _layers[node]).ThenBy(node => node, StringComparer.Ordinal).ToList())
            if (next[node].Count() > fed[node].Count())
                _layers[node] = next[node].Min(to => _layers[to]) - 1;
    }

    private IEnumerable<LayoutPart> Parts()
    {
        var near = _forward.Concat(_forward.Select(edge => (From: edge.To, To: edge.From))).ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in _graph.Nodes.Where(node => near[node.Id].Any() && seen.Add(node.Id)))
        {
            var part = new List<string> { node.Id };
            for (var i = 0; i < part.Count; i++)
                part.AddRange(near[part[i]].Where(seen.Add));
            yield return Arrange(part);
        }
    }

    private LayoutPart Arrange(List<string> nodes)
    {
        var inside = nodes.ToHashSet(StringComparer.Ordinal);
        var first = nodes.Min(node => _layers[node]);
        var layers = Enumerable.Range(0, nodes.Max(node => _layers[node]) - first + 1).Select(_ => new List<LayoutItem>()).ToList();
        foreach (var node in nodes.Order(StringComparer.Ordinal))
            layers[_layers[node] - first].Add(new LayoutItem(node, ""));
        var links = new List<(LayoutItem Left, LayoutItem Right)>();
        foreach (var (from, to) in _forward.Where(edge => inside.Contains(edge.From)).Distinct())
        {
            var left = new LayoutItem(from, "");
            for (var layer = _layers[from] + 1; layer < _layers[to]; layer++)
            {
                var bend = new LayoutItem(from, to);
                layers[layer - first].Add(bend);
                links.Add((left, bend));
                left = bend;
            }

            links.Add((left, new LayoutItem(to, "")));
        }

        Order(layers, links);
        return new LayoutPart([.. layers.Select(layer => layer.ToImmutableArray())]);
    }

    /// <summary>Each layer by the mean place of its neighbours, there and back, and the best of all rounds wins.</summary>
    private static void Order(List<List<LayoutItem>> layers, List<(LayoutItem Left, LayoutItem Right)> links)
    {
        // A bend has one name in every layer, so that links are looked up layer by layer.
        var right = links.ToLookup(link => link.Left, link => link.Right);
        var left = links.ToLookup(link => link.Right, link => link.Left);
        var (best, fewest) = (layers.Select(layer => layer.ToList()).ToList(), int.MaxValue);
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 1; i < layers.Count; i++)
            {
                var (layer, beside) = down ? (layers[i], layers[i - 1]) : (layers[^(i + 1)], layers[^i]);
                var places = beside.Select((item, place) => (item, place)).ToDictionary(pair => pair.item, pair => pair.place);
                var wanted = layer.Select((item, place) => (item, at: Mean((down ? left : right)[item], places) ?? place)).OrderBy(pair => pair.at).Select(pair => pair.item).ToList();
                layer.Clear();
                layer.AddRange(wanted);
            }

            var crossings = Crossings(layers, right);
            if (crossings >= fewest)
                continue;
            (best, fewest) = (layers.Select(layer => layer.ToList()).ToList(), crossings);
        }

        for (var i = 0; i < layers.Count; i++)
            layers[i] = best[i];
    }

    private static double? Mean(IEnumerable<LayoutItem> neighbours, Dictionary<LayoutItem, int> places)
    {
        var known = neighbours.Where(places.ContainsKey).Select(item => places[item]).ToList();
        return known.Count == 0 ? null : known.Average();
    }

    /// <summary>Pairs of edges between neighbouring layers that cross.</summary>
    private static int Crossings(List<List<LayoutItem>> layers, ILookup<LayoutItem, LayoutItem> right)
    {
        var crossings = 0;
        for (var i = 0; i + 1 < layers.Count; i++)
        {
            var places = layers[i + 1].Select((item, place) => (item, place)).ToDictionary(pair => pair.item, pair => pair.place);
            var ends = layers[i].SelectMany(item => right[item].Where(places.ContainsKey).Select(to => places[to]).Order()).ToList();
            for (var a = 0; a < ends.Count; a++)
                for (var b = a + 1; b < ends.Count; b++)
                    if (ends[a] > ends[b])
                        crossings++;
        }

        return crossings;
    }
}
