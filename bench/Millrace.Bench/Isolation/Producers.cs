using System.Diagnostics;
using Millrace.Bench.Streaming;
using Millrace.Kafka;

namespace Millrace.Bench.Isolation;

/// <summary>Producers that write at a steady rate, whatever becomes of it.</summary>
internal sealed class Producers : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly KafkaProducer producer;
    private readonly Task run;
    private long written;

    /// <param name="first">Number of the first event; those before are there already.</param>
    public Producers(BenchCluster cluster, string topic, int first, int perSecond)
    {
        producer = cluster.Producer();
        written = first;
        run = Task.Run(() => WriteAsync(topic, first, perSecond));
    }

    /// <summary>Events written, with those from before.</summary>
    public long Written => Interlocked.Read(ref written);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run;
        producer.Dispose();
        stop.Dispose();
    }

    private async Task WriteAsync(string topic, int first, int perSecond)
    {
        var watch = Stopwatch.StartNew();
        for (var next = first; !stop.IsCancellationRequested; await Task.Delay(20))
        {
            var due = first + (int)(watch.Elapsed.TotalSeconds * perSecond);
            for (; next < due; next++)
                producer.Produce(topic, EventSource.Message(next), partition: next % BenchCluster.Partitions);
            Interlocked.Exchange(ref written, next);
        }

        producer.Flush(TimeSpan.FromSeconds(10));
    }
}
