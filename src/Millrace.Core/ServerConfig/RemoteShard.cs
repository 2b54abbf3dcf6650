using System.Collections.Immutable;

namespace Millrace.Core.ServerConfig;

/// <summary>The replicas of one shard.</summary>
/// <param name="InternalReplication">True when a Distributed table writes to one replica only and the tables replicate by themselves.</param>
public sealed record RemoteShard(ImmutableArray<HostPort> Replicas, bool InternalReplication);
