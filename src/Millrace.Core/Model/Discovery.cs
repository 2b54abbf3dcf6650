using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>Find the nodes by asking any of several entry hosts (<c>system.clusters</c> and <c>getMacro</c>).</summary>
/// <param name="Entry">Entry hosts, tried in order until one answers.</param>
/// <param name="Clusters">Entries of <c>remote_servers</c> whose hosts make up the fleet.</param>
/// <param name="HttpPort">HTTP port of discovered hosts; <c>system.clusters</c> only knows the native one.</param>
public sealed record Discovery(ImmutableArray<Uri> Entry, ImmutableArray<string> Clusters, int HttpPort = 8123);
