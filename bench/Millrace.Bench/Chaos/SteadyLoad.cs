using System.Diagnostics;
using System.Text;
using Millrace.Kafka;

namespace Millrace.Bench.Chaos;

/// <summary>
/// Produces events with the ids 0, 1, 2, ... at a steady rate, id modulo the partitions being the partition. It pauses
/// while too many are under way, because the development broker forgets what it has no room for.
/// </summary>
internal sealed class SteadyLoad : IDisposable
{
    /// <summary>About 50 bytes each, where a partition has room for 5 MB or 100,000.</summary>
    private const int MostUnderWayPerPartition = 20_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Lock sending = new();
    private readonly KafkaProducer producer;
    private readonly string topic;
    private readonly int partitions;
    private readonly int perSecond;
    private long sent;
    private long landed;

    public SteadyLoad(string bootstrap, string topic, int partitions, int perSecond)
    {
        producer = new KafkaProducer(new BrokerEndpoint(bootstrap));
        this.topic = topic;
        this.partitions = partitions;
        this.perSecond = perSecond;
    }

    /// <summary>The id that the next event gets: all below are sent.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Messages that are no event.</summary>
    public long PoisonSent { get; private set; }

    /// <summary>Up to which id everything has arrived in every partition, which paces the load.</summary>
    public void NoteLanded(long id) => Interlocked.Exchange(ref landed, id);

    /// <summary>Produces until it is cancelled, which is its normal end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var due = 0.0;
        var last = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Tick, CancellationToken.None);
            var now = Stopwatch.GetTimestamp();
            due += Stopwatch.GetElapsedTime(last, now).TotalSeconds * perSecond;
            last = now;
            if (Sent - Interlocked.Read(ref landed) > MostUnderWayPerPartition * partitions)
                due = 0;
            lock (sending)
                for (; due >= 1; due--)
                    SendEvent();
        }
    }

    /// <summary>Sends a message that is no event.</summary>
    public void SendPoison(ReadOnlySpan<byte> message, int partition)
    {
        lock (sending)
        {
            producer.Produce(topic, message, partition: partition);
            PoisonSent++;
        }
    }

    /// <summary>Waits for every delivery report.</summary>
    /// <exception cref="KafkaException">A message was refused, so that it is not known what was produced.</exception>
    public void Finish()
    {
        producer.Flush(Patience);
        if (producer.Delivered != Sent + PoisonSent)
            throw new InvalidOperationException($"{Sent + PoisonSent} messages were sent, but {producer.Delivered} acknowledged");
    }

    public void Dispose() => producer.Dispose();

    private void SendEvent()
    {
        var id = sent;
        producer.Produce(topic, Encoding.UTF8.GetBytes($$"""{"id":{{id}},"body":"event {{id}}"}"""), partition: (int)(id % partitions));
        Interlocked.Increment(ref sent);
    }
}
