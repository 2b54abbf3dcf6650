namespace Millrace.Engine.Legs;

/// <summary>Messages of one partition.</summary>
/// <param name="From">The first offset.</param>
/// <param name="To">The offset after the last one.</param>
public sealed record OffsetRange(int Partition, long From, long To);
