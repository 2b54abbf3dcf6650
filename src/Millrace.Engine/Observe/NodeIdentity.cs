using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Observe;

/// <summary>Who a server is: the first thing asked, and what everyone may see.</summary>
/// <param name="TellsViewTargets">True when <c>system.tables</c> names the target of a view.</param>
public sealed record NodeIdentity(
    string Version,
    string HostName,
    TimeSpan Uptime,
    DateTimeOffset ServerTime,
    bool HasKeeper,
    bool TellsViewTargets,
    ImmutableSortedDictionary<string, string> Macros,
    ImmutableArray<ClusterMember> Clusters)
{
    /// <summary>The macro in which a server says what role it has.</summary>
    public const string RoleMacro = "hostClusterRole";

    /// <summary>
    /// Why this server is not the node it is taken for; null when it may be. Statements go only to servers of the role:
    /// an address that now belongs to another server must not receive them.
    /// </summary>
    public string? NotThe(Node node) =>
        node.Role.Length > 0 && Macros.GetValueOrDefault(RoleMacro) is { } claimed && claimed != node.Role
            ? $"{node.Http.Authority} is not this node: its macro {RoleMacro} says `{claimed}`, not `{node.Role}`"
            : null;

    /// <param name="clusters">Only these entries of <c>remote_servers</c>: a server may know hundreds.</param>
    public static async Task<NodeIdentity> ReadAsync(
        INodeConnection node, IEnumerable<string> clusters, CancellationToken cancel) =>
        Parse(await node.QueryAsync(Query(clusters), cancel: cancel));

    private static string Query(IEnumerable<string> clusters)
    {
        var names = string.Join(", ", clusters.Select(Quote.Text));
        return $"""
            SELECT version(), hostName(), uptime(), toUnixTimestamp64Milli(now64(3)),
              (SELECT count() FROM system.tables WHERE database = 'system' AND name = 'zookeeper')
                + (SELECT count() FROM system.server_settings WHERE name = 'keeper_hosts' AND value != ''),
              (SELECT count() FROM system.columns WHERE database = 'system' AND table = 'tables' AND name = 'target_table'),
              (SELECT groupArray((macro, substitution)) FROM system.macros),
              (SELECT groupArray((cluster, shard_num, replica_num, host_name, host_address, port)) FROM
                (SELECT * FROM system.clusters WHERE has(CAST([{names}], 'Array(String)'), cluster)
                 ORDER BY cluster, shard_num, replica_num))
            FORMAT JSONCompactEachRow
            """;
    }

    private static NodeIdentity Parse(byte[] answer)
    {
        var row = new RowReader(answer);
        row.NextRow();
        return new NodeIdentity(
            Version: row.Text(),
            HostName: row.Text(),
            Uptime: TimeSpan.FromSeconds(row.Integer()),
            ServerTime: DateTimeOffset.FromUnixTimeMilliseconds(row.Integer()),
            HasKeeper: row.Flag(),
            TellsViewTargets: row.Flag(),
            Macros: ReadMacros(ref row),
            Clusters: ReadClusters(ref row));
    }

    private static ImmutableSortedDictionary<string, string> ReadMacros(ref RowReader row)
    {
        var macros = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        row.OpenArray();
        while (row.NextItem())
        {
            macros[row.Text()] = row.Text();
            row.CloseArray();
        }

        return macros.ToImmutable();
    }

    private static ImmutableArray<ClusterMember> ReadClusters(ref RowReader row)
    {
        var members = ImmutableArray.CreateBuilder<ClusterMember>();
        row.OpenArray();
        while (row.NextItem())
        {
            members.Add(new ClusterMember(
                row.Text(), (int)row.Integer(), (int)row.Integer(), row.Text(), row.Text(), (int)row.Integer()));
            row.CloseArray();
        }

        return members.ToImmutable();
    }
}
