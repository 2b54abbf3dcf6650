using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Lineage;

/// <summary>Makes the graph of a world: what the engine said of each object, put together over all roles.</summary>
/// <param name="brokerOf">The broker's name by its named collection.</param>
/// <param name="placeOf">Where an object is declared.</param>
public sealed class LineageBuilder(World world, Func<string, string> brokerOf, Func<ObjectRef, SourceRef?> placeOf)
{
    private readonly Dictionary<string, LineageNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string From, string To), LineageEdge> _edges = [];
    private readonly HashSet<ColumnEdge> _columns = [];

    public static string IdOf(ObjectRef item) => $"{item.Role}/{item.Name}";

    public LineageGraph Build()
    {
        var objects = world.Objects.Where(item => !item.Name.IsInner).ToList();
        foreach (var item in objects)
            _nodes[IdOf(item.Ref)] = NodeOf(item);
        foreach (var item in objects)
        {
            foreach (var (to, kind) in Edges(item))
                Edge(IdOf(item.Ref), IdOf(to.Ref), kind);
            if (item.Engine == "Kafka")
                Topic(item);
            Origins(item);
            SameNames(item);
        }

        return new LineageGraph(
            [.. _nodes.Values.OrderBy(node => node.Id, StringComparer.Ordinal)],
            [.. _edges.Values.OrderBy(edge => edge.From, StringComparer.Ordinal).ThenBy(edge => edge.To, StringComparer.Ordinal)],
            [.. _columns.OrderBy(edge => edge.From, StringComparer.Ordinal).ThenBy(edge => edge.FromColumn, StringComparer.Ordinal)
                .ThenBy(edge => edge.To, StringComparer.Ordinal).ThenBy(edge => edge.ToColumn, StringComparer.Ordinal)]);
    }

    /// <summary>A proxy that nothing writes to is there to be read; one that is written to may be read as well.</summary>
    private IEnumerable<(ObjectState To, EdgeKind Kind)> Edges(ObjectState item)
    {
        var readsOnly = world.Behind(item) is { } table && !world.WritersOf(item).Any() && item.Pushes.IsEmpty && item.Engine == "Distributed" ? table : null;
        foreach (var edge in Flow.Edges(world, item))
            if (!edge.To.Name.IsInner && edge.To.Ref != item.Ref && edge.To.Ref != readsOnly?.Ref)
                yield return edge;
        foreach (var proxy in world.ProxiesOf(item).Where(proxy => world.WritersOf(proxy).Any() && world.Readers(proxy).Any()))
            yield return (proxy, EdgeKind.Remote);
    }

    private LineageNode NodeOf(ObjectState item) => new(IdOf(item.Ref), item.Name.ToString(), item.Ref.Role, item.IsRefreshable ? NodeKind.Refreshable : KindOf(item.Engine))
    {
        Engine = item.Engine,
        Columns = [.. item.Shape.Columns.Select(column => new LineageColumn(column.Name, column.Type, column.DefaultKind))],
        At = placeOf(item.Ref),
        Fault = item.Fault?.ToString(),
    };

    public static NodeKind KindOf(string engine) => engine switch
    {
        "Kafka" => NodeKind.Kafka,
        "MaterializedView" => NodeKind.View,
        "View" or "LiveView" => NodeKind.Query,
        "Distributed" => NodeKind.Distributed,
        "Buffer" => NodeKind.Buffer,
        "Merge" => NodeKind.Merge,
        "Dictionary" => NodeKind.Dictionary,
        "Null" => NodeKind.Pass,
        _ => MergingEngine.Stores(engine) ? NodeKind.Storage : NodeKind.Outside,
    };

    private void Edge(string from, string to, EdgeKind kind) =>
        // Two ways at once, such as a table that a view fires for and joins with itself: the first one says more.
        _edges.TryAdd((from, to), new LineageEdge(from, to, kind));

    /// <summary>A Kafka table that a view writes to produces; any other consumes.</summary>
    private void Topic(ObjectState kafka)
    {
        var meaning = KafkaMeaning.Read(kafka.Shape.EngineFull);
        var broker = meaning.GetValueOrDefault("collection") is { } collection ? brokerOf(collection) : meaning.GetValueOrDefault("kafka_broker_list", "");
        foreach (var topic in meaning.GetValueOrDefault("kafka_topic_list", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var id = $"topic/{broker}/{topic}";
            _nodes.TryAdd(id, new LineageNode(id, topic, "", NodeKind.Topic) { Engine = broker });
            if (world.WritersOf(kafka).Any())
                Edge(IdOf(kafka.Ref), id, EdgeKind.Remote);
            else
                Edge(id, IdOf(kafka.Ref), EdgeKind.Remote);
        }
    }

    /// <summary>What the definition reads, and under which names it goes on.</summary>
    private void Origins(ObjectState item)
    {
        foreach (var origin in item.Origins)
            if (world.Beside(item, origin.Source) is { } source && NameIn(source, origin.Column) is { } column)
                Column(source.Ref, column, item.Ref, origin.Output, origin.Kind);
        if (world.Target(item) is not { } target)
            return;
        foreach (var output in item.Output.Where(output => target.Column(output.Name) is not null))
            Column(item.Ref, output.Name, target.Ref, output.Name, EdgeKind.Direct);
    }

    /// <summary>The column that a subcolumn belongs to; null for what is none of the table's, such as <c>_topic</c>.</summary>
    private static string? NameIn(ObjectState source, string column)
    {
        for (var name = column; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('.'))])
            if (source.Column(name) is not null || source.Output.Any(output => output.Name == name))
                return name;
        return column.Length == 0 ? "" : null;
    }

    /// <summary>Proxies, merges and dictionaries hand columns on under their own names.</summary>
    private void SameNames(ObjectState item)
    {
        foreach (var (to, _) in Edges(item))
            if (IsProxy(item, to) || IsProxy(to, item))
                foreach (var column in item.Shape.Columns.Where(column => to.Column(column.Name) is not null))
                    Column(item.Ref, column.Name, to.Ref, column.Name, EdgeKind.Direct);
    }

    private bool IsProxy(ObjectState proxy, ObjectState other) =>
        world.Behind(proxy)?.Ref == other.Ref || (proxy.Engine is "Merge" or "Dictionary" && proxy.Sources.Contains(other.Name) && proxy.Ref.Role == other.Ref.Role);

    private void Column(ObjectRef from, string fromColumn, ObjectRef to, string toColumn, EdgeKind kind)
    {
        if (from != to || fromColumn != toColumn)
            _columns.Add(new ColumnEdge(IdOf(from), fromColumn, IdOf(to), toColumn, kind));
    }
}
