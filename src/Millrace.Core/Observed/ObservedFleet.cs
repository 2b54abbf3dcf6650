using System.Collections.Immutable;

namespace Millrace.Core.Observed;

/// <summary>Every node of a fleet, as observed at one time, in the order of the fleet's nodes.</summary>
public sealed record ObservedFleet(ImmutableArray<ObservedNode> Nodes, DateTimeOffset At)
{
    public IEnumerable<ObservedNode> NodesOf(string role) => Nodes.Where(n => n.Node.Role == role);

    public IEnumerable<ObservedNode> NotOk => Nodes.Where(n => n.State != NodeState.Ok);

    public ObservedNode? Find(string node) => Nodes.FirstOrDefault(n => n.Node.Name == node);
}
