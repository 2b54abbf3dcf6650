namespace Millrace.Core.Legs;

/// <summary>Where one partition of a leg's topic stands, in offsets.</summary>
/// <param name="Low">The oldest message that the broker still keeps.</param>
/// <param name="High">The offset that the next message will get.</param>
/// <param name="Committed">Where the leg's group goes on; null when it has never committed.</param>
public sealed record PartitionProgress(int Partition, long Low, long High, long? Committed)
{
    /// <summary>Messages that the group has yet to read, as far as the broker still keeps them.</summary>
    public long Lag => High - Math.Clamp(Committed ?? Low, Low, High);

    /// <summary>True when messages have ever been written to it.</summary>
    public bool IsUsed => High > 0;
}
