namespace Millrace.Kafka.Bindings;

/// <summary><c>rd_kafka_vtype_t</c>, the part that is used.</summary>
internal enum RdProduceFieldKind
{
    Topic = 1,
    Partition = 3,
    Value = 4,
    Key = 5,
    Flags = 7,
    Header = 9,
}
