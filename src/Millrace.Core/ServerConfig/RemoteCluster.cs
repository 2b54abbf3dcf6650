using System.Collections.Immutable;

namespace Millrace.Core.ServerConfig;

/// <summary>One entry of <c>remote_servers</c>.</summary>
public sealed record RemoteCluster(string Name, ImmutableArray<RemoteShard> Shards);
