using System.Text;

namespace Millrace.IntegrationTests.Sinks;

/// <summary>Writes a Protobuf message field by field, as its specification says: the reference for what a producer sends.</summary>
internal sealed class ProtobufWriter
{
    private readonly List<byte> bytes = [];

    public byte[] ToArray() => [.. bytes];

    public ProtobufWriter Number(int field, long value) => Tag(field, 0).Varint((ulong)value);

    public ProtobufWriter Double(int field, double value)
    {
        Tag(field, 1);
        bytes.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    private ProtobufWriter Bytes(int field, byte[] value)
    {
        Tag(field, 2).Varint((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    private ProtobufWriter Tag(int field, int wireType) => Varint((ulong)((field << 3) | wireType));

    private ProtobufWriter Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return this;
    }
}
