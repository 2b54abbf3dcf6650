using System.Diagnostics;
using Millrace.Kafka;

namespace Millrace.Cli.Demo;

/// <summary>
/// Produces messages no faster than they land: the development broker keeps only a few megabytes per partition and drops
/// what is older.
/// </summary>
/// <param name="landed">Counts the rows that have arrived on storage.</param>
internal sealed class PacedStream(FlightSource source, KafkaProducer producer, string topic, Func<CancellationToken, Task<long>> landed)
{
    private const int LargestChunk = 50_000;

    /// <summary>Messages under way at most: 8 partitions keep 5 MB each, a message has about 200 bytes.</summary>
    private const int MostUnderWay = 80_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public int Produced { get; private set; }

    public long Landed { get; private set; }

    /// <param name="beforeChunk">Called with the number of the next message; production goes on when it has ended.</param>
    public async Task RunAsync(int rows, Func<int, Task> beforeChunk, Action<PacedStream> onProgress, CancellationToken cancel)
    {
        var chunk = Math.Clamp(rows / 6, 1, LargestChunk);
        for (var from = 0; from < rows; from += chunk)
        {
            await beforeChunk(from);
            var to = Math.Min(rows, from + chunk);
            Produce(await source.ReadAsync(from, to, cancel));
            await WaitUntilAsync(Produced - MostUnderWay, onProgress, cancel);
        }

        producer.Flush(Patience);
        await WaitUntilAsync(Produced, onProgress, cancel);
    }

    private void Produce(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];
            if (line.IsEmpty)
                continue;
            // Round robin spreads evenly; chance would need a margin below what a partition keeps.
            producer.Produce(topic, line, partition: Produced % 8);
            Produced++;
        }
    }

    /// <summary>Gives up when nothing has landed for a minute.</summary>
    private async Task WaitUntilAsync(long wanted, Action<PacedStream> onProgress, CancellationToken cancel)
    {
        var still = Stopwatch.StartNew();
        while (Landed < wanted)
        {
            var now = await landed(cancel);
            if (now > Landed)
                still.Restart();
            Landed = now;
            onProgress(this);
            if (still.Elapsed > Patience)
                return;
            if (Landed < wanted)
                await Task.Delay(100, cancel);
        }
    }
}
