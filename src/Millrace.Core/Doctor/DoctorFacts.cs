using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Databases;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;

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

    /// <summary>The Postgres databases that sinks write to, as far as a node could be found to ask them.</summary>
    public ImmutableArray<DatabaseVitals> Databases { get; init; } = [];

    public DoctorLimits Limits { get; init; } = new();

    public IEnumerable<NodeVitals> NodesOf(RoleKind kind) =>
        Nodes.Where(node => Project.Fleet.FindRole(node.Node.Role)?.Kind == kind);

    public IEnumerable<NodeVitals> NodesOf(string role) => Nodes.Where(node => node.Node.Role == role);

    public BrokerVitals? FindBroker(string name) => Brokers.FirstOrDefault(broker => broker.Broker == name && broker.Answered);

    /// <summary>Every pipeline whose rows come through a Kafka table: they move on together, or none of them does.</summary>
    public ImmutableArray<Pipeline> FedBy(ObjectName kafkaTable)
    {
        var naming = new Naming(Project);
        return [.. Project.Pipelines.Where(pipeline => Project.LegsOf(pipeline).Any(leg => naming.Kafka(pipeline, leg) == kafkaTable))];
    }

    /// <summary>The declared broker that a table on a node reads from; null when it is none of the fleet's.</summary>
    public Broker? BrokerOf(LiveKafkaTable table) => Project.Fleet.Brokers.FirstOrDefault(
        broker => table.Collection is { } collection ? broker.Collection == collection : broker.Bootstrap == table.BrokerList);
}
