using System.Collections.Immutable;

namespace Millrace.Kafka;

/// <summary>A consumed message.</summary>
public sealed record KafkaMessage(
    string Topic,
    int Partition,
    long Offset,
    ReadOnlyMemory<byte>? Key,
    ReadOnlyMemory<byte> Value,
    ImmutableArray<KafkaHeader> Headers);
