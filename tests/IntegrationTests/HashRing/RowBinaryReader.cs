using System.Buffers.Binary;

namespace Millrace.IntegrationTests.HashRing;

/// <summary>Reads ClickHouse's RowBinary: little-endian values one after another, lengths as varints.</summary>
public ref struct RowBinaryReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> rest = data;

    public readonly bool AtEnd => rest.IsEmpty;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        var bytes = rest[..count];
        rest = rest[count..];
        return bytes;
    }

    public ReadOnlySpan<byte> Text() => Bytes(Length());

    public int Length()
    {
        int length = 0, shift = 0;
        byte part;
        do
        {
            part = Byte();
            length |= (part & 0x7f) << shift;
            shift += 7;
        }
        while (part >= 0x80);
        return length;
    }

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public short Int16() => BinaryPrimitives.ReadInt16LittleEndian(Bytes(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public Int128 Int128() => BinaryPrimitives.ReadInt128LittleEndian(Bytes(16));

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Bytes(16));

    public float Float32() => BinaryPrimitives.ReadSingleLittleEndian(Bytes(4));

    public double Float64() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(8));

    /// <summary>A UUID: two little-endian words, the high one first.</summary>
    public Guid Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, UInt64());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], UInt64());
        return new Guid(bytes, bigEndian: true);
    }
}
