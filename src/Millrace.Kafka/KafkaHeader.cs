namespace Millrace.Kafka;

/// <summary>One header of a message.</summary>
public sealed record KafkaHeader(string Name, ReadOnlyMemory<byte> Value);
