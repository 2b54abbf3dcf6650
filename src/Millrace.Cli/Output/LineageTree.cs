using System.Text;
using Millrace.Core.Findings;
using Millrace.Core.Lineage;

namespace Millrace.Cli.Output;

/// <summary>A graph as trees from what nothing leads to, one line an object.</summary>
public sealed class LineageTree(Terminal terminal)
{
    private const int AloneShown = 12;

    private readonly List<string[]> _rows = [];
    private readonly List<Ink?> _inks = [];
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private LineageGraph _graph = new([], [], []);
    private ILookup<string, LineageEdge> _out = Enumerable.Empty<LineageEdge>().ToLookup(edge => edge.From);
    private HashSet<string> _chosen = [];

    /// <summary>Such as <c>12 objects on 3 roles</c>.</summary>
    public static string Count(LineageGraph graph)
    {
        var objects = graph.Nodes.Count(node => node.Kind != NodeKind.Topic);
        return $"{Counted.Of(objects, "object")} on {Counted.Of(graph.Nodes.Select(node => node.Role).Where(role => role.Length > 0).Distinct().Count(), "role")}";
    }

    public string Render(LineageGraph graph, Selection? selection)
    {
        (_graph, _out) = (graph, graph.Edges.ToLookup(edge => edge.From, StringComparer.Ordinal));
        _chosen = selection?.Nodes.Select(node => node.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        var fed = graph.Edges.Select(edge => edge.To).ToHashSet(StringComparer.Ordinal);
        var linked = graph.Edges.SelectMany(edge => new[] { edge.From, edge.To }).ToHashSet(StringComparer.Ordinal);
        Add(["OBJECT", "ROLE", "WHAT", "HOW", graph.Nodes.Any(node => node.Figures is not null) ? "NOW" : ""], Ink.Dim);
        foreach (var root in graph.Nodes.Where(node => linked.Contains(node.Id) && !fed.Contains(node.Id)).OrderBy(node => node.Kind).ThenBy(node => node.Id, StringComparer.Ordinal))
            Show(root, null, "", "");
        // Rings of objects that feed each other have no beginning.
        foreach (var rest in graph.Nodes.Where(node => linked.Contains(node.Id) && !_shown.Contains(node.Id)))
            if (!_shown.Contains(rest.Id))
                Show(rest, null, "", "");
        var text = new StringBuilder(Lines());
        var alone = graph.Nodes.Where(node => !linked.Contains(node.Id)).ToList();
        if (alone.Count > 0)
            text.Append($"\nConnected with nothing: {string.Join(", ", alone.Take(AloneShown).Select(node => $"{node.Name} ({node.Role})"))}")
                .Append(alone.Count > AloneShown ? $" and {alone.Count - AloneShown} more\n" : "\n");
        return text.Append(Gaps(graph)).Append($"\n{Count(graph)}.\n").ToString();
    }

    private string Gaps(LineageGraph graph) => graph.Gaps.IsEmpty
        ? ""
        : $"\n{terminal.Paint("Not in the picture:", Ink.Yellow)}\n{string.Concat(graph.Gaps.Select(gap => $"  {gap.Split('\n')[0]}\n"))}";

    private void Show(LineageNode node, LineageEdge? by, string lead, string below)
    {
        var again = !_shown.Add(node.Id);
        var next = again ? [] : _out[node.Id].OrderBy(edge => edge.Kind).ThenBy(edge => edge.To, StringComparer.Ordinal).ToList();
        var more = again && _out[node.Id].Any() ? "  (above)" : "";
        var name = node.Kind == NodeKind.Topic ? $"topic {node.Name}{(node.Engine.Length > 0 ? $" on {node.Engine}" : "")}" : node.Name;
        Add(
            [$"{lead}{name}{more}", node.Role, node.Kind == NodeKind.Topic ? "" : LineageWords.Of(node), by is null ? "" : LineageWords.Of(by.Kind), LineageWords.Measured(node, by?.Figures)],
            _chosen.Contains(node.Id) ? Ink.Bold : null);
        if (LineageWords.Trouble(node, by?.Figures) is { } trouble && !again)
            Add([$"{below}   ! {trouble}", "", "", "", ""], Ink.Red);
        for (var i = 0; i < next.Count; i++)
        {
            var last = i == next.Count - 1;
            Show(_graph.Find(next[i].To)!, next[i], $"{below}{(last ? "└─ " : "├─ ")}", $"{below}{(last ? "   " : "│  ")}");
        }
    }

    private void Add(string[] row, Ink? ink)
    {
        _rows.Add(row);
        _inks.Add(ink);
    }

    private string Lines()
    {
        // Trouble is a sentence of its own: it takes no part in the width of columns.
        var trouble = _rows.Select(row => row[0].TrimStart(' ', '│').StartsWith("! ", StringComparison.Ordinal)).ToList();
        var table = TextTable.Render([.. _rows.Where((_, i) => !trouble[i])]).Split('\n');
        var text = new StringBuilder();
        for (int i = 0, line = 0; i < _rows.Count; i++)
        {
            var words = trouble[i] ? _rows[i][0] : table[line++];
            text.Append(_inks[i] is { } ink ? terminal.Paint(words, ink) : words).Append('\n');
        }

        return text.ToString();
    }
}
