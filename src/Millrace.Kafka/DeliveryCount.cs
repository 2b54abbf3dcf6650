namespace Millrace.Kafka;

/// <summary>What became of the messages that a producer sent.</summary>
internal sealed class DeliveryCount
{
    private long delivered;
    private long failed;
    private int firstError;

    public long Delivered => Interlocked.Read(ref delivered);

    public long Failed => Interlocked.Read(ref failed);

    /// <summary>librdkafka's code of the first failure; 0 for none.</summary>
    public int FirstError => Volatile.Read(ref firstError);

    public void Add(int error)
    {
        if (error == 0)
        {
            Interlocked.Increment(ref delivered);
            return;
        }

        Interlocked.Increment(ref failed);
        Interlocked.CompareExchange(ref firstError, error, 0);
    }
}
