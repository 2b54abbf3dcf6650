using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.ServerConfig.Checks;

/// <summary>What Millrace needs of a node's own configuration. It is the operator's: Millrace says what to add, and never writes it.</summary>
public static class ServerConfigChecks
{
    public static IEnumerable<Finding> Run(Project project, ObservedFleet observed) =>
        observed.Nodes.SelectMany(node => node.State == NodeState.Ok
            ? Rules.SelectMany(rule => rule(project, node))
            : RoleMacro.Check(project, node));

    private static readonly ImmutableArray<Func<Project, ObservedNode, IEnumerable<Finding>>> Rules =
    [
        RoleMacro.Check,
        ReplicaMacros.Check,
        NeededClusters.Check,
        BrokerCollections.Check,
        ForegroundInserts.Check,
    ];
}
