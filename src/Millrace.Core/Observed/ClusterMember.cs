namespace Millrace.Core.Observed;

/// <summary>One row of a node's <c>system.clusters</c>: a replica that this node knows under a cluster's name.</summary>
/// <param name="Shard">Counted from 1.</param>
/// <param name="Replica">Counted from 1 within the shard.</param>
/// <param name="Host">As written in <c>remote_servers</c>.</param>
/// <param name="Address">The address the host resolves to on that node; empty when it does not resolve.</param>
/// <param name="Port">The native port.</param>
public sealed record ClusterMember(string Cluster, int Shard, int Replica, string Host, string Address, int Port);
