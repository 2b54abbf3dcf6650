using System.Collections.Immutable;

namespace Millrace.Engine.Lab;

/// <summary>What declared objects refer to and the lab therefore must know by name; every address in it is a dead end.</summary>
/// <param name="Clusters">Entries of <c>remote_servers</c>.</param>
/// <param name="Collections">Named collections that are Kafka brokers.</param>
public sealed record LabConfig(ImmutableSortedSet<string> Clusters, ImmutableSortedSet<string> Collections)
{
    /// <summary>Named collections that are Postgres databases.</summary>
    public ImmutableSortedSet<string> Databases { get; init; } = [];

    /// <summary>Named collections that are files at an address.</summary>
    public ImmutableSortedSet<string> Stores { get; init; } = [];

    /// <summary>What a macro stands for in a lab, other than <c>{shard}</c>.</summary>
    public const string MacroValue = "lab";

    /// <summary>Port of the native protocol; 0 lets the system choose.</summary>
    public int Port { get; init; }

    /// <summary>Clusters that are another lab on this machine, by its native port; all others are dead ends.</summary>
    public ImmutableDictionary<string, int> ClusterPorts { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>True when rows are to flow: replicas then have a Keeper, in memory.</summary>
    public bool Works { get; init; }

    /// <summary>True when replicas are created rather than attached; those of a lab that works always are.</summary>
    public bool Keeps { get; init; }

    /// <summary>What plain DDL takes for granted on its servers.</summary>
    public PresumedNames Presumed { get; init; } = PresumedNames.None;
}
