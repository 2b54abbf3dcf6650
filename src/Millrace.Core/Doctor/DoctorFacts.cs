using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.Doctor;

/// <summary>All that the rules of <c>millrace doctor</c> may look at.</summary>
public sealed record DoctorFacts
{
    public required Project Project { get; init; }

    /// <summary>The nodes that answered.</summary>
    public ImmutableArray<NodeVitals> Nodes { get; init; } = [];

    /// <summary>The nodes that did not, or refused.</summary>
    public ImmutableArray<ObservedNode> Silent { get; init; } = [];

    public ImmutableArray<BrokerVitals> Brokers { get; init; } = [];

    public DoctorLimits Limits { get; init; } = new();

    public IEnumerable<NodeVitals> NodesOf(RoleKind kind) =>
        Nodes.Where(node => Project.Fleet.FindRole(node.Node.Role)?.Kind == kind);

    public IEnumerable<NodeVitals> NodesOf(string role) => Nodes.Where(node => node.Node.Role == role);

    public BrokerVitals? FindBroker(string name) => Brokers.FirstOrDefault(broker => broker.Broker == name && broker.Answered);

    /// <summary>The declared broker that a table on a node reads from; null when it is none of the fleet's.</summary>
    public Broker? BrokerOf(LiveKafkaTable table) => Project.Fleet.Brokers.FirstOrDefault(
        broker => table.Collection is { } collection ? broker.Collection == collection : broker.Bootstrap == table.BrokerList);
}
