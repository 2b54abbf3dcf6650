using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Discover;

/// <summary>One server of the fleet's clusters, under whatever names and in however many clusters it is listed.</summary>
internal sealed record FoundHost(ImmutableArray<ClusterMember> Listed)
{
    private ClusterMember First => Listed[0];

    public string Name => First.Host;

    public string Native => $"{First.Host}:{First.Port}";

    /// <summary>The server itself, not its name: lists may call one server by name and by address.</summary>
    public static (string Address, int Port) Identity(ClusterMember member) =>
        (member.Address.Length > 0 ? member.Address : member.Host, member.Port);

    public Uri Http(Uri entry, int port) => new UriBuilder(entry.Scheme, First.Host, port).Uri;

    /// <summary>The node, with the role that it claims itself; null identity means that it did not answer.</summary>
    public Node ToNode(string name, Uri http, NodeIdentity? identity)
    {
        // A list with one shard for all says nothing about shards; the longest list is the sharded one.
        var sharded = Listed.MaxBy(member => member.Shard)!;
        var macros = identity?.Macros ?? ImmutableSortedDictionary<string, string>.Empty;
        return new Node(
            name,
            macros.GetValueOrDefault(NodeIdentity.RoleMacro, ""),
            http,
            Native,
            int.TryParse(macros.GetValueOrDefault("shard"), out var shard) ? shard : sharded.Shard,
            macros.GetValueOrDefault("replica") ?? $"{sharded.Replica}");
    }
}
