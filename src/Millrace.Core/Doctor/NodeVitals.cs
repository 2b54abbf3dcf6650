using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Doctor;

/// <summary>How one node that answers is doing. What could not be read is null, and named in <see cref="Unseen"/>.</summary>
public sealed record NodeVitals
{
    public required ObservedNode Seen { get; init; }

    public Node Node => Seen.Node;

    public int? Cores { get; init; }

    /// <summary>Threads of <c>background_message_broker_schedule_pool_size</c>, which all Kafka tables of the node share.</summary>
    public int? StreamingThreads { get; init; }

    /// <summary>The part of a pool that tasks of one kind may take; 1 before 2025.</summary>
    public double PoolShare { get; init; } = 1;

    /// <summary>The settings that matter, by profile, as a user of that profile gets them.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, SettingValue>>? Profiles { get; init; }

    /// <summary>The settings that background work gets.</summary>
    public ImmutableSortedDictionary<string, SettingValue>? Background { get; init; }

    public ImmutableArray<ConsumerState>? Consumers { get; init; }

    /// <summary>Per table, its fullest partition.</summary>
    public ImmutableArray<PartitionParts>? Parts { get; init; }

    /// <summary>Replicated tables that are read-only or behind others.</summary>
    public ImmutableArray<ReplicaState>? Replicas { get; init; }

    /// <summary>Parts in one partition from which on inserts are slowed down, where a table does not say otherwise.</summary>
    public long? PartsToDelay { get; init; }

    public ClockReading? Clock { get; init; }

    public ImmutableArray<ClusterUser>? ClusterUsers { get; init; }

    public ImmutableArray<Unseen> Unseen { get; init; } = [];

    public ImmutableArray<LiveKafkaTable> KafkaTables =>
        [.. Seen.Objects.Values.Where(o => o.Engine == "Kafka" && !EngineTraits.IsDoor(o)).OrderBy(o => o.Name).Select(LiveKafkaTable.Read)];
}
