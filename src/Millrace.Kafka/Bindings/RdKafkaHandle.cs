using Microsoft.Win32.SafeHandles;

namespace Millrace.Kafka.Bindings;

/// <summary>Owns one <c>rd_kafka_t</c>.</summary>
internal sealed class RdKafkaHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public RdKafkaHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        RdKafka.Destroy(handle);
        return true;
    }
}
