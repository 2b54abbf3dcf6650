using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>Every object of every role, as one engine understands them together.</summary>
public sealed class World
{
    private readonly ImmutableDictionary<ObjectRef, ObjectState> _objects;
    private readonly ImmutableDictionary<string, string> _clusterRoles;
    private readonly ILookup<ObjectRef, ObjectState> _pushedFrom;
    private readonly ILookup<ObjectRef, ObjectState> _writers;
    private readonly ILookup<ObjectRef, ObjectState> _readers;
    private readonly ILookup<ObjectRef, ObjectState> _proxies;

    /// <param name="clusterRoles">The role behind each entry of <c>remote_servers</c>.</param>
    public World(IEnumerable<ObjectState> objects, ImmutableDictionary<string, string> clusterRoles)
    {
        _objects = objects.ToImmutableDictionary(item => item.Ref);
        _clusterRoles = clusterRoles;
        _pushedFrom = (
            from item in _objects.Values
            from view in item.Pushes
            select (View: new ObjectRef(item.Ref.Role, view), Source: item)).ToLookup(pair => pair.View, pair => pair.Source);
        _writers = _objects.Values
            .Where(item => item.Shape.Target is not null)
            .ToLookup(item => new ObjectRef(item.Ref.Role, item.Shape.Target!));
        _readers = (
            from item in _objects.Values
            from source in item.Sources
            select (Source: new ObjectRef(item.Ref.Role, source), Reader: item)).ToLookup(pair => pair.Source, pair => pair.Reader);
        _proxies = _objects.Values
            .Select(item => (Proxy: item, Behind: Behind(item)))
            .Where(pair => pair.Behind is not null)
            .ToLookup(pair => pair.Behind!.Ref, pair => pair.Proxy);
    }

    public IEnumerable<ObjectState> Objects => _objects.Values.OrderBy(item => item.Ref);

    public ObjectState? Find(ObjectRef item) => _objects.GetValueOrDefault(item);

    /// <summary>The object of that name on the same role.</summary>
    public ObjectState? Beside(ObjectState item, ObjectName name) => Find(new ObjectRef(item.Ref.Role, name));

    public ObjectState? Target(ObjectState view) => view.Shape.Target is { } target ? Beside(view, target) : null;

    /// <summary>The tables whose inserts are pushed to a view.</summary>
    public IEnumerable<ObjectState> PushersOf(ObjectState view) => _pushedFrom[view.Ref];

    /// <summary>The views that write to a table.</summary>
    public IEnumerable<ObjectState> WritersOf(ObjectState table) => _writers[table.Ref];

    /// <summary>The table behind a Distributed or Buffer table; null when it is not among the objects.</summary>
    public ObjectState? Behind(ObjectState proxy)
    {
        if (ProxyTarget.Of(proxy.Shape) is not { } target)
            return null;
        var role = target.Cluster is { } cluster ? _clusterRoles.GetValueOrDefault(cluster, proxy.Ref.Role) : proxy.Ref.Role;
        return Find(new ObjectRef(role, target.Table));
    }

    /// <summary>Distributed and Buffer tables in front of a table.</summary>
    public IEnumerable<ObjectState> ProxiesOf(ObjectState table) => _proxies[table.Ref];

    /// <summary>Views and dictionaries whose definition reads a table, in whatever way.</summary>
    public IEnumerable<ObjectState> Readers(ObjectState table) => _readers[table.Ref];
}
