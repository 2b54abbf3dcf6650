using System.Diagnostics;
using Millrace.Bench.Streaming;

namespace Millrace.Bench.Isolation;

/// <summary>Lets one design catch up with a minute of lag while producers go on writing, in a query storm or without one.</summary>
internal sealed class RecoveryRun(BenchCluster cluster, Design design, string topic, int perSecond, TimeSpan lag)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>In a storm an INSERT takes seconds, and the next block waits meanwhile: so much is always under way.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(6);

    public async Task<Recovery> MeasureAsync(bool storm, CancellationToken cancel)
    {
        var run = $"{design.Name}_{(storm ? "storm" : "calm")}";
        var waiting = (int)(lag.TotalSeconds * perSecond);
        cluster.Produce(topic, waiting);
        var start = await design.PrepareAsync(run, cancel);
        await using var producers = new Producers(cluster, topic, waiting, perSecond);
        await using var queries = storm ? new QueryStorm(cluster) : null;
        await start();
        await WaitForFirstMessageAsync(run, cancel);
        var recovery = await CatchUpAsync($"SELECT count() FROM {run}.sharded_events", producers, queries, cancel);
        foreach (var node in new[] { design.Consumer, BenchCluster.Storage }.Distinct(StringComparer.Ordinal))
            await cluster.ExecuteAsync(node, $"DROP DATABASE {run} SYNC", cancel);
        return recovery;
    }

    /// <summary>Joining the consumer group is not the stream.</summary>
    private async Task WaitForFirstMessageAsync(string run, CancellationToken cancel)
    {
        var read = $"SELECT count() FROM system.kafka_consumers WHERE database = '{run}' AND num_messages_read > 0";
        while (await cluster.NumberAsync(design.Consumer, read, cancel) == 0)
            await Task.Delay(Pause, cancel);
    }

    private async Task<Recovery> CatchUpAsync(string stored, Producers producers, QueryStorm? queries, CancellationToken cancel)
    {
        var (watch, before) = (Stopwatch.StartNew(), queries?.Answered ?? 0);
        while (true)
        {
            var written = producers.Written;
            var rows = await cluster.NumberAsync(BenchCluster.Storage, stored, cancel);
            var seconds = watch.Elapsed.TotalSeconds;
            var drained = written - rows < UnderWay.TotalSeconds * perSecond;
            if (drained || watch.Elapsed > Patience)
                return new Recovery(rows / seconds, drained ? seconds : null, ((queries?.Answered ?? 0) - before) / seconds);
            await Task.Delay(Pause, cancel);
        }
    }
}
