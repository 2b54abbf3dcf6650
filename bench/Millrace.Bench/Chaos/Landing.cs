using Millrace.Engine.Nodes;

namespace Millrace.Bench.Chaos;

/// <summary>What has arrived, asked of each storage node itself.</summary>
internal sealed class Landing(ChaosFleet fleet)
{
    private const string Newest =
        $"SELECT id % 4 AS partition, max(id) FROM {ChaosProject.Table} GROUP BY partition";

    /// <summary>The lowest of the newest ids over all partitions and shards; -1 while one of them has none or does not answer.</summary>
    public async Task<long> ReachedAsync(CancellationToken cancel)
    {
        try
        {
            var shards = await Task.WhenAll(fleet.Storage.Select(node => fleet.RowsAsync(node, Newest, cancel)));
            return shards.Min(rows => rows.Length < ChaosProject.Partitions ? -1 : rows.Min(row => row[1]));
        }
        catch (Exception error) when (error is NodeUnreachableException or ServerErrorException)
        {
            return -1;
        }
    }

    /// <summary>Different events below <paramref name="produced"/>, and rows beyond the first of an event that FINAL leaves.</summary>
    public async Task<(long Distinct, long Duplicates)> CountAsync(long produced, CancellationToken cancel)
    {
        var sql = $"SELECT uniqExact(id), count() - uniqExact(id) FROM {ChaosProject.Table} FINAL WHERE id < {produced}";
        var shards = await Task.WhenAll(fleet.Storage.Select(node => fleet.RowsAsync(node, sql, cancel)));
        return (shards.Sum(rows => rows[0][0]), shards.Sum(rows => rows[0][1]));
    }

    /// <summary>Different messages in the error table: a retry may write one twice.</summary>
    public async Task<long> PoisonAsync(CancellationToken cancel) =>
        (await fleet.RowsAsync(fleet.Storage[0], $"SELECT uniqExact(_raw_message) FROM {ChaosProject.ErrorTable}", cancel))[0][0];
}
