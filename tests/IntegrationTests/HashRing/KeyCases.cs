using System.Net;
using System.Numerics;
using Millrace.HashRing;

namespace Millrace.IntegrationTests.HashRing;

/// <summary>Every type that is used as a sharding key, alone and wrapped.</summary>
public static class KeyCases
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    private static readonly AddValue Text = (RingKey key, ref RowBinaryReader row) => key.String(row.Text());

    private static readonly AddValue Word = (RingKey key, ref RowBinaryReader row) => key.UInt64(row.UInt64());

    public static KeyCase[] All { get; } =
    [
        new("UInt8", (RingKey key, ref RowBinaryReader row) => key.UInt8(row.Byte())),
        new("UInt16", (RingKey key, ref RowBinaryReader row) => key.UInt16(row.UInt16())),
        new("UInt32", (RingKey key, ref RowBinaryReader row) => key.UInt32(row.UInt32())),
        new("UInt64", Word),
        new("UInt128", (RingKey key, ref RowBinaryReader row) => key.UInt128(row.UInt128())),
        new("UInt256", (RingKey key, ref RowBinaryReader row) => key.UInt256(new BigInteger(row.Bytes(32), isUnsigned: true))),
        new("Int8", (RingKey key, ref RowBinaryReader row) => key.Int8((sbyte)row.Byte())),
        new("Int16", (RingKey key, ref RowBinaryReader row) => key.Int16(row.Int16())),
        new("Int32", (RingKey key, ref RowBinaryReader row) => key.Int32(row.Int32())),
        new("Int64", (RingKey key, ref RowBinaryReader row) => key.Int64(row.Int64())),
        new("Int128", (RingKey key, ref RowBinaryReader row) => key.Int128(row.Int128())),
        new("Int256", (RingKey key, ref RowBinaryReader row) => key.Int256(new BigInteger(row.Bytes(32)))),
        new("Float32", (RingKey key, ref RowBinaryReader row) => key.Float32(row.Float32())),
        new("Float64", (RingKey key, ref RowBinaryReader row) => key.Float64(row.Float64())),
        new("Bool", (RingKey key, ref RowBinaryReader row) => key.Bool(row.Byte() != 0)),
        new("Enum8('a' = -128, 'b' = 0, 'c' = 127)", (RingKey key, ref RowBinaryReader row) => key.Enum8((sbyte)row.Byte())),
        new("Enum16('a' = -32000, 'b' = 7, 'c' = 300)", (RingKey key, ref RowBinaryReader row) => key.Enum16(row.Int16())),
        new("String", Text),
        new("String", (RingKey key, ref RowBinaryReader row) => key.String(System.Text.Encoding.UTF8.GetString(row.Text())),
            "randomStringUTF8(rand() % 300)"),
        new("String", Text, "randomString(rand() % 3000)"),
        new("FixedString(13)", (RingKey key, ref RowBinaryReader row) => key.FixedString(row.Bytes(13), 13)),
        new("FixedString(32)", (RingKey key, ref RowBinaryReader row) => key.FixedString(row.Bytes(32).TrimEnd((byte)0), 32),
            "randomPrintableASCII(rand() % 33)"),
        new("UUID", (RingKey key, ref RowBinaryReader row) => key.UUID(row.Uuid())),
        new("IPv4", (RingKey key, ref RowBinaryReader row) => key.IPv4(new IPAddress(BinaryReversed(row.Bytes(4))))),
        new("IPv6", (RingKey key, ref RowBinaryReader row) => key.IPv6(new IPAddress(row.Bytes(16)))),
        new("Date", (RingKey key, ref RowBinaryReader row) => key.Date(Epoch.AddDays(row.UInt16()))),
        new("Date32", (RingKey key, ref RowBinaryReader row) => key.Date32(Epoch.AddDays(row.Int32()))),
        new("DateTime('Europe/Berlin')", (RingKey key, ref RowBinaryReader row) =>
            key.DateTime(DateTimeOffset.FromUnixTimeSeconds(row.UInt32()).ToOffset(TimeSpan.FromHours(1)))),
        new("DateTime64(0)", (RingKey key, ref RowBinaryReader row) =>
            key.DateTime64(DateTimeOffset.FromUnixTimeSeconds(row.Int64()), 0)),
        new("DateTime64(3, 'UTC')", (RingKey key, ref RowBinaryReader row) =>
            key.DateTime64(DateTimeOffset.FromUnixTimeMilliseconds(row.Int64()), 3)),
        new("DateTime64(6, 'UTC')", (RingKey key, ref RowBinaryReader row) =>
            key.DateTime64(DateTimeOffset.UnixEpoch.AddTicks(row.Int64() * 10), 6)),
        new("DateTime64(9)", (RingKey key, ref RowBinaryReader row) =>
            key.DateTime64(DateTimeOffset.UnixEpoch.AddTicks(row.Int64() / 100), 9),
            "fromUnixTimestamp64Nano(toInt64(rand64() % 80000000000000000) * 100 - 2000000000000000000)"),
        new("Decimal32(3)", (RingKey key, ref RowBinaryReader row) => key.Decimal32(Scaled(row.Int32(), 3), 3)),
        new("Decimal64(5)", (RingKey key, ref RowBinaryReader row) => key.Decimal64(Scaled(row.Int64(), 5), 5)),
        new("Decimal128(10)", (RingKey key, ref RowBinaryReader row) => key.Decimal128(Scaled((long)row.Int128(), 10), 10),
            "toDecimal128(toInt64(rand64()), 10) / 10000000000"),
        new("LowCardinality(String)", Text),
        new("Nullable(UInt64)", Nullable(Word)),
        new("LowCardinality(Nullable(String))", Nullable(Text)),
        new("Array(String)", Array(Text)),
        new("Array(Nullable(UInt64))", Array(Nullable(Word))),
        new("Array(Array(UInt64))", Array(Array(Word))),
        new("Array(Tuple(String, UInt64))", Array(Both(Text, Word))),
        new("Map(String, UInt64)", Array(Both(Text, Word))),
        new("Tuple(String, Nullable(UInt64))", Both(Text, Nullable(Word))),
        new("Tuple(UInt64, Tuple(Array(String), UInt64))", Both(Word, Both(Array(Text), Word))),
    ];

    private static AddValue Nullable(AddValue inner) =>
        (RingKey key, ref RowBinaryReader row) => row.Byte() == 0 ? inner(key, ref row) : key.Null();

    private static AddValue Both(AddValue first, AddValue second) =>
        (RingKey key, ref RowBinaryReader row) => second(first(key, ref row), ref row);

    private static AddValue Array(AddValue inner) => (RingKey key, ref RowBinaryReader row) =>
    {
        var elements = new RingKey[row.Length()];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = inner(RingKey.Of, ref row);
        return key.Array(elements);
    };

    private static decimal Scaled(long value, byte scale)
    {
        var size = (UInt128)Int128.Abs(value);
        return new decimal((int)(uint)size, (int)(uint)(size >> 32), 0, value < 0, scale);
    }

    private static byte[] BinaryReversed(ReadOnlySpan<byte> bytes) => [.. bytes.ToArray().Reverse()];
}
