using System.Diagnostics;

namespace Millrace.Bench.Streaming;

/// <summary>Lets one design carry the whole topic, and measures it.</summary>
internal sealed class DrainRun(BenchCluster cluster, Design design, string run, int rows)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private string Table => $"{run}.sharded_events";

    /// <returns>
    /// Null when rows came twice: a consumer joined the group late, and the other one's partitions were taken from it
    /// between insert and commit. Kafka tables promise at least once; such a run says nothing about cost.
    /// </returns>
    /// <exception cref="InvalidOperationException">Not every row arrived.</exception>
    public async Task<Drain?> MeasureAsync(CancellationToken cancel)
    {
        var start = await design.PrepareAsync(run, cancel);
        var before = Cpu();
        await start();
        var seconds = await WaitForRowsAsync(cancel);
        await WaitForAsync($"SELECT count() = 0 FROM system.merges WHERE database = '{run}'", 1, cancel);
        var after = Cpu();
        var messages = await cluster.NumberAsync(BenchCluster.Storage, $"SELECT uniqExact(_partition, _offset) FROM {Table}", cancel);
        var stored = await cluster.NumberAsync(BenchCluster.Storage, $"SELECT count() FROM {Table}", cancel);
        await RemoveAsync(cancel);
        return messages < rows || stored > rows ? null : new Drain(rows, rows / seconds, after.Ingestion - before.Ingestion, after.Storage - before.Storage);
    }

    private (double Ingestion, double Storage) Cpu() => (cluster.CpuOf(BenchCluster.Ingestion), cluster.CpuOf(BenchCluster.Storage));

    /// <summary>Seconds from the first message read to the last row stored: joining the consumer group is not the stream.</summary>
    private async Task<double> WaitForRowsAsync(CancellationToken cancel)
    {
        var read = $"SELECT count() FROM system.kafka_consumers WHERE database = '{run}' AND num_messages_read > 0";
        while (await cluster.NumberAsync(design.Consumer, read, cancel) == 0)
            await Task.Delay(Pause, cancel);
        var watch = Stopwatch.StartNew();
        await WaitForAsync($"SELECT count() FROM {Table}", rows, cancel);
        return watch.Elapsed.TotalSeconds;
    }

    private async Task WaitForAsync(string sql, long atLeast, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        while (await cluster.NumberAsync(BenchCluster.Storage, sql, cancel) is var found && found < atLeast)
        {
            if (watch.Elapsed > Patience)
                throw new InvalidOperationException($"{design.Name}: `{sql}` is {found} after {Patience.TotalSeconds:0} s, expected {atLeast}");
            await Task.Delay(Pause, cancel);
        }
    }

    private async Task RemoveAsync(CancellationToken cancel)
    {
        foreach (var node in new[] { design.Consumer, BenchCluster.Storage }.Distinct(StringComparer.Ordinal))
            await cluster.ExecuteAsync(node, $"DROP DATABASE {run} SYNC", cancel);
    }
}
