using System.Runtime.InteropServices;

namespace Millrace.Kafka.Bindings;

/// <summary><c>rd_kafka_vu_t</c>: one part of a message to produce. Its union is padded to 64 bytes by contract.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct RdProduceField
{
    [FieldOffset(0)]
    public RdProduceFieldKind Kind;

    /// <summary>A pointer, or a number of any width (little-endian).</summary>
    [FieldOffset(8)]
    public nint First;

    /// <summary>The size that goes with a pointer, or the value's pointer of a header.</summary>
    [FieldOffset(16)]
    public nint Second;

    /// <summary>The value's size of a header; -1 for a null value.</summary>
    [FieldOffset(24)]
    public nint Third;
}
