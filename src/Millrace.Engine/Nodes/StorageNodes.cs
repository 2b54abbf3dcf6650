using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Engine.Nodes;

/// <summary>The storage nodes of a fleet in one order for everybody: by name.</summary>
public static class StorageNodes
{
    /// <summary>All that are declared, reachable or not.</summary>
    public static ImmutableArray<StorageNode> Declared(Fleet fleet, INodeConnector connector) =>
        Open(fleet.Nodes, fleet, connector);

    /// <summary>Those of these names, in their order; each is declared.</summary>
    public static ImmutableArray<StorageNode> Named(IEnumerable<string> names, Fleet fleet, INodeConnector connector) =>
        [.. names.Select(name => Open(fleet.Nodes.First(node => node.Name == name), fleet, connector))];

    /// <summary>Those that answered when the fleet was observed.</summary>
    public static ImmutableArray<StorageNode> Answering(ObservedFleet observed, Fleet fleet, INodeConnector connector) =>
        Open(observed.Nodes.Where(node => node.State == NodeState.Ok).Select(node => node.Node), fleet, connector);

    private static ImmutableArray<StorageNode> Open(IEnumerable<Node> nodes, Fleet fleet, INodeConnector connector) =>
    [
        .. nodes.Where(node => fleet.FindRole(node.Role)?.Kind == RoleKind.Storage)
            .OrderBy(node => node.Name, StringComparer.Ordinal)
            .Select(node => Open(node, fleet, connector)),
    ];

    private static StorageNode Open(Node node, Fleet fleet, INodeConnector connector) => new(node.Name, connector.Connect(node.Http, fleet.Connect));
}
