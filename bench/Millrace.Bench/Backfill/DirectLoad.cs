using System.Diagnostics;

namespace Millrace.Bench.Backfill;

/// <summary>
/// INSERTs straight into the source on each shard, each under way for a while: what a stream of many ingestion nodes looks
/// like to one shard. A view that is created meanwhile is not fired by those under way.
/// </summary>
/// <param name="writers">At a time on each shard; two that know no gap never leave a moment without an INSERT.</param>
/// <param name="table">What the INSERTs name.</param>
public sealed class DirectLoad(BackfillFleet fleet, int writers, TimeSpan gap, string table = "fill.sharded_events") : IAsyncDisposable
{
    private const long FirstId = 5_000_000_000;
    private const int Rows = 60;

    private static long inserts;

    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    public DirectLoad Start()
    {
        running = Task.WhenAll(from node in fleet.Storage from writer in Enumerable.Range(0, writers) select WriteAsync(node, writer));
        return this;
    }

    /// <summary>The INSERTs that are under way end.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task WriteAsync(string node, int writer)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(70 * writer));
        while (!stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            var id = FirstId + Interlocked.Increment(ref inserts) * Rows;
            await fleet.ExecuteAsync(
                node,
                $"INSERT INTO {table} (id, body, time, team, user, amount, arrived, _topic, _partition, _offset, _timestamp) SELECT id, '', {BackfillProject.Values}, now64(3), 'direct', 0, id, now() "
                + $"FROM (SELECT {id} + number AS id FROM numbers({Rows})) WHERE sleepEachRow(0.0025) = 0",
                CancellationToken.None);
            // On a machine so busy that INSERTs take seconds there must be a moment without one all the same.
            if (gap > TimeSpan.Zero)
                await Task.Delay(gap + Stopwatch.GetElapsedTime(began));
        }
    }
}
