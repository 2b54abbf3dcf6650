using Millrace.Core.Model;

namespace Millrace.DevCluster;

/// <summary>A development cluster that is up.</summary>
/// <param name="WasRunning">True when it was found, not started.</param>
public sealed record UpOutcome(DevClusterSpec Spec, ClusterState State, bool WasRunning)
{
    public Fleet Fleet => DevTopology.Build(
        Spec,
        State.Nodes.ToDictionary(n => n.Name, n => n.Ports),
        State.Brokers.ToDictionary(b => b.Name, b => b.Bootstrap),
        Environment.ProcessorCount,
        State.Postgres is { } postgres ? DevPostgres.Describe(postgres.Port, null) : null);
}
