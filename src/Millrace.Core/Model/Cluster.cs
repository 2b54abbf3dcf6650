using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>An entry of <c>remote_servers</c> over storage nodes, as Distributed tables name it.</summary>
public sealed record Cluster
{
    public required string Name { get; init; }

    /// <summary>The storage role whose nodes are its replicas.</summary>
    public required string Role { get; init; }

    /// <summary>True when every node is a replica of one shard: the home of tables that are not sharded.</summary>
    public bool SingleShard { get; init; }

    /// <summary>True when its tables are rendered as Replicated* engines.</summary>
    public bool Replicated { get; init; }

    /// <summary>Keeper path of replicated tables; <c>{database}</c> and <c>{table}</c> are filled in, other macros are the node's.</summary>
    public string ReplicaPath { get; init; } = "/clickhouse/tables/{shard}/{database}/{table}";

    /// <summary>Only these nodes of the role; empty means all of them.</summary>
    public ImmutableArray<string> Nodes { get; init; } = [];

    public bool Contains(Node node) => node.Role == Role && (Nodes.IsEmpty || Nodes.Contains(node.Name));
}
