namespace Millrace.Kafka;

/// <summary>Where one partition of a topic stands, in offsets.</summary>
/// <param name="Low">The oldest message that the broker still keeps.</param>
/// <param name="High">The offset that the next message will get.</param>
/// <param name="Committed">Where the group goes on; null when it has never committed.</param>
public sealed record PartitionPosition(int Partition, long Low, long High, long? Committed = null)
{
    /// <summary>Messages that the group has yet to read, as far as the broker still keeps them.</summary>
    public long Lag => High - Math.Clamp(Committed ?? Low, Low, High);
}
