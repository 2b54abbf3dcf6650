using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>What a backfill would read and need on each shard.</summary>
public sealed record BackfillEstimate(ImmutableArray<ShardEstimate> Shards)
{
    public long SourceRows => Shards.Sum(shard => shard.Rows);

    public static async Task<BackfillEstimate> ReadAsync(BackfillJob job, Fleet fleet, INodeConnector connector, CancellationToken cancel) =>
        new([.. await Task.WhenAll(StorageNodes.Named(job.Nodes, fleet, connector).Select(node => ReadAsync(job, node, cancel)))]);

    /// <exception cref="UserErrorException">A disk is too small.</exception>
    public void ThrowIfTooSmall()
    {
        if (Shards.FirstOrDefault(shard => shard.FreeBytes < shard.NeedBytes) is { } small)
            throw new UserErrorException(
                $"{small.Node}: {small.FreeBytes / 1_000_000:N0} MB are free, and the new tables need about {small.NeedBytes / 1_000_000:N0} MB beside the old ones. Make room first, or rebuild partition by partition (--partition)");
    }

    private static async Task<ShardEstimate> ReadAsync(BackfillJob job, StorageNode node, CancellationToken cancel)
    {
        var row = new RowReader(await node.Connection.QueryAsync(
            $"""
             SELECT (SELECT sum(rows) FROM system.parts WHERE active AND {Among(job.Sources)}),
               (SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND {Among(job.Sources)}),
               (SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND {Among(job.Targets.Select(target => target.Table))}),
               ({BackfillSql.FreeBytes(job)})
             FORMAT JSONCompactEachRow
             """,
            cancel: cancel));
        row.NextRow();
        var (rows, source, targets, free) = (row.Integer(), row.Integer(), row.Integer(), row.Integer());
        // An aggregate is smaller than its source, or it would not be worth having; one that is filled tells how small.
        var need = Math.Max(targets * 3 / 2, source / 4);
        return new ShardEstimate(node.Name, rows, Math.Max(1, (rows + job.Limits.UnitRows - 1) / job.Limits.UnitRows), need, free);
    }

    private static string Among(IEnumerable<ObjectName> tables) =>
        $"(database, table) IN ({string.Join(", ", tables.Select(table => $"({Quote.Text(table.Database)}, {Quote.Text(table.Name)})"))})";
}
