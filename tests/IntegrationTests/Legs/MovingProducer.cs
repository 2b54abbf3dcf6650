using Millrace.Kafka;

namespace Millrace.IntegrationTests.Legs;

/// <summary>
/// Writes ids one after the other, without a pause, to the brokers that it is told: one, then both (each id to each), then
/// the other.
/// </summary>
internal sealed class MovingProducer : IDisposable
{
    private readonly KafkaProducer old;
    private readonly KafkaProducer @new;
    private readonly Task run;
    private readonly CancellationTokenSource end = new();
    private volatile bool toOld = true;
    private volatile bool toNew;
    private int sent;

    public MovingProducer(TwoBrokers brokers)
    {
        (old, @new) = (brokers.Producer("msk"), brokers.Producer("warpstream"));
        run = Task.Run(WriteAsync);
    }

    /// <summary>Ids 0 to this, exclusive, were written.</summary>
    public int Sent => Volatile.Read(ref sent);

    public void WriteToBoth() => toNew = true;

    public void WriteToNewOnly() => toOld = false;

    public async Task StopAsync()
    {
        await end.CancelAsync();
        await run;
        old.Flush(TimeSpan.FromSeconds(10));
        @new.Flush(TimeSpan.FromSeconds(10));
    }

    public void Dispose()
    {
        end.Cancel();
        old.Dispose();
        @new.Dispose();
        end.Dispose();
    }

    private async Task WriteAsync()
    {
        while (!end.IsCancellationRequested)
        {
            for (var i = 0; i < 10; i++)
            {
                if (toOld)
                    TwoBrokers.Send(old, sent);
                if (toNew)
                    TwoBrokers.Send(@new, sent);
                Interlocked.Increment(ref sent);
            }

            await Task.Delay(20);
        }
    }
}
