namespace Millrace.Engine.Legs;

/// <summary>One message as the broker holds it.</summary>
/// <param name="At">Its timestamp; null when it has none.</param>
public sealed record TopicMessage(int Partition, long Offset, DateTimeOffset? At, ReadOnlyMemory<byte> Value);
