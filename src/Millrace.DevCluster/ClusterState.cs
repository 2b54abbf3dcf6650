using System.Collections.Immutable;

namespace Millrace.DevCluster;

/// <summary>What a supervisor reports about its cluster.</summary>
public sealed record ClusterState
{
    /// <summary>The supervisor's process id; 0 when the cluster belongs to another program.</summary>
    public int Supervisor { get; init; }

    /// <summary>Counts the completed attempts to bring everything up.</summary>
    public int Rounds { get; init; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? Error { get; init; }

    public ImmutableArray<NodeState> Nodes { get; init; } = [];

    public ImmutableArray<BrokerState> Brokers { get; init; } = [];

    /// <summary>The database; null for a cluster without one.</summary>
    public PostgresState? Postgres { get; init; }

    /// <param name="ProcessId">Null when it does not run.</param>
    public sealed record PostgresState(int Port, int? ProcessId);

    /// <param name="ProcessId">Null when it does not run.</param>
    public sealed record NodeState(string Name, string Role, NodePorts Ports, int? ProcessId, string LogFile);

    /// <param name="ProcessId">Null when it does not run.</param>
    public sealed record BrokerState(string Name, string Bootstrap, int? ProcessId);
}
