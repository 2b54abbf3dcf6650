using System.Runtime.InteropServices;

namespace Millrace.Kafka.Bindings;

/// <summary><c>struct rd_kafka_metadata</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdMetadata
{
    public int BrokerCount;
    public nint Brokers;
    public int TopicCount;
    public RdTopicMetadata* Topics;
    public int OriginBrokerId;
    public nint OriginBrokerName;
}
