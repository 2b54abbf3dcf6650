using System.Collections.Immutable;
using Millrace.Core.Doctor;
using Millrace.Core.Observed;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Doctor;

/// <summary>
/// Asks the shards of each cluster as whom they see a query of this node. With a secret in remote_servers it is the user
/// who asked; without one it is the user that is written there. Nothing else tells whether there is a secret.
/// </summary>
internal static class ClusterUserReader
{
    public static async Task<ReadItems<ClusterUser>> ReadAsync(INodeConnection node, ObservedNode seen, CancellationToken cancel)
    {
        var users = ImmutableArray.CreateBuilder<ClusterUser>();
        foreach (var cluster in seen.Clusters.Select(member => member.Cluster).Distinct(StringComparer.Ordinal))
        {
            // By an id of our own: queryID() on a shard is the id of the shard's part.
            var id = $"millrace-doctor-{Guid.NewGuid()}";
            users.AddRange(Parse(cluster, await node.QueryAsync(Query(cluster, id), new StatementOptions { QueryId = id }, cancel)));
        }

        return new ReadItems<ClusterUser>(users.ToImmutable());
    }

    // A shard that is down is not this check's business: others show it.
    private static string Query(string cluster, string id) => $"""
        SELECT DISTINCT user FROM cluster({Quote.Text(cluster)}, system.processes)
        WHERE initial_query_id = {Quote.Text(id)} AND NOT is_initial_query
        SETTINGS prefer_localhost_replica = 0, skip_unavailable_shards = 1
        FORMAT JSONCompactEachRow
        """;

    private static IEnumerable<ClusterUser> Parse(string cluster, byte[] answer)
    {
        var users = new List<ClusterUser>();
        var row = new RowReader(answer);
        while (row.NextRow())
            users.Add(new ClusterUser(cluster, row.Text()));
        return users;
    }
}
