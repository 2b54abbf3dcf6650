using System.Runtime.InteropServices;

namespace Millrace.Kafka.Bindings;

/// <summary><c>struct rd_kafka_metadata_topic</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RdTopicMetadata
{
    public nint Name;
    public int PartitionCount;
    public nint Partitions;
    public int Error;
}
