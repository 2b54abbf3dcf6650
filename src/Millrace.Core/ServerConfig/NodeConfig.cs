using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Core.ServerConfig;

/// <summary>What a ClickHouse server must be told to be a node of a fleet.</summary>
public sealed record NodeConfig
{
    public ImmutableSortedDictionary<string, string> Macros { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableArray<RemoteCluster> Clusters { get; init; } = [];

    /// <summary>Common to all nodes: makes the real user effective on shards. Empty for none.</summary>
    public Secret ClusterSecret { get; init; } = Secret.None;

    public ImmutableArray<NamedCollection> Collections { get; init; } = [];

    /// <summary>ZooKeeper or Keeper servers; Replicated* tables and KeeperMap need them.</summary>
    public ImmutableArray<HostPort> Keepers { get; init; } = [];

    /// <summary>Where KeeperMap tables are in Keeper; without it there can be none.</summary>
    public string KeeperMapPrefix { get; init; } = "/keeper_map_tables";

    /// <summary>The node's log file; null leaves logging as it is. Errors go to a second file, <c>.err.log</c>.</summary>
    public string? LogFile { get; init; }

    /// <summary>File with users and profiles, see <see cref="UsersConfigXml"/>; null leaves the server's own.</summary>
    public string? UsersFile { get; init; }

    /// <summary>Where the node keeps schemas of messages; null leaves the server's own folder.</summary>
    public string? SchemaFolder { get; init; }

    /// <summary>Consumers that may stream at the same time (<c>background_message_broker_schedule_pool_size</c>); null leaves the server's own.</summary>
    public int? StreamingSlots { get; init; }

    /// <summary>Keeps <c>system.query_log</c> and <c>system.part_log</c> for this many days, as a packaged server does; 0 for neither.</summary>
    public int LogDays { get; init; }
}
