using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Millrace.HashRing;

/// <summary>
/// The hash of a sharding key, built value by value; equal to what ClickHouse's <c>sipHash64(a, b, ...)</c> returns.
/// </summary>
/// <remarks>
/// <para>Every method is named after the ClickHouse type of the column, because the type decides the hash:
/// 5 as Int32 and 5 as Int64 are different keys. LowCardinality(T), Nullable(T) and aliases hash as T; a tuple
/// hashes as its elements one after another, so <c>sipHash64((a, b))</c> is <c>sipHash64(a, b)</c>.</para>
/// <para>Nothing is allocated. The struct is 16 bytes, immutable and safe to keep and share.</para>
/// </remarks>
/// <example><code>RingKey.Of.Int64(customerId).String(eventType).Hash</code></example>
public readonly partial record struct RingKey
{
    // ClickHouse's own constants: the hash of a NULL inside a tuple, and the salt of intHash64 for array lengths.
    private const ulong NullHash = 0xc58ad2da03d9a871;
    private const ulong LengthSalt = 0x4cf2d2baae6da887;

    private const int StackBytes = 512;

    private readonly ulong _state;
    private readonly bool _started;

    private RingKey(ulong state)
    {
        _state = state;
        _started = true;
    }

    /// <summary>The key without values: where every key starts.</summary>
    public static RingKey Of => default;

    /// <summary>The 64-bit hash, as <c>sipHash64</c> returns it.</summary>
    /// <exception cref="InvalidOperationException">The key has no values.</exception>
    public ulong Hash => _started
        ? _state
        : throw new InvalidOperationException("A ring key needs at least one value: RingKey.Of.Int64(id).Hash.");

    /// <summary>Adds a UInt8.</summary>
    public RingKey UInt8(byte value) => Then(SipHash.OfPart(value, sizeof(byte)));

    /// <summary>Adds a UInt16.</summary>
    public RingKey UInt16(ushort value) => Then(SipHash.OfPart(value, sizeof(ushort)));

    /// <summary>Adds a UInt32.</summary>
    public RingKey UInt32(uint value) => Then(SipHash.OfPart(value, sizeof(uint)));

    /// <summary>Adds a UInt64.</summary>
    public RingKey UInt64(ulong value) => Then(SipHash.OfWord(value));

    /// <summary>Adds a UInt128.</summary>
    public RingKey UInt128(UInt128 value) => Then(SipHash.OfWords((ulong)value, (ulong)(value >> 64)));

    /// <summary>Adds a UInt256.</summary>
    /// <exception cref="OverflowException">The value is negative or needs more than 256 bits.</exception>
    public RingKey UInt256(BigInteger value) => Wide(value, isUnsigned: true);

    /// <summary>Adds an Int8.</summary>
    public RingKey Int8(sbyte value) => UInt8((byte)value);

    /// <summary>Adds an Int16.</summary>
    public RingKey Int16(short value) => UInt16((ushort)value);

    /// <summary>Adds an Int32.</summary>
    public RingKey Int32(int value) => UInt32((uint)value);

    /// <summary>Adds an Int64.</summary>
    public RingKey Int64(long value) => UInt64((ulong)value);

    /// <summary>Adds an Int128.</summary>
    public RingKey Int128(Int128 value) => UInt128((UInt128)value);

    /// <summary>Adds an Int256.</summary>
    /// <exception cref="OverflowException">The value needs more than 256 bits.</exception>
    public RingKey Int256(BigInteger value) => Wide(value, isUnsigned: false);

    /// <summary>Adds a Float32; -0 and 0 are different keys, as they are for ClickHouse.</summary>
    public RingKey Float32(float value) => UInt32(BitConverter.SingleToUInt32Bits(value));

    /// <summary>Adds a Float64; -0 and 0 are different keys, as they are for ClickHouse.</summary>
    public RingKey Float64(double value) => UInt64(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Adds a Bool.</summary>
    public RingKey Bool(bool value) => UInt8(value ? (byte)1 : (byte)0);

    /// <summary>Adds an Enum8 by its number.</summary>
    public RingKey Enum8(sbyte value) => Int8(value);

    /// <summary>Adds an Enum16 by its number.</summary>
    public RingKey Enum16(short value) => Int16(value);

    /// <summary>Adds a String by its bytes.</summary>
    public RingKey String(ReadOnlySpan<byte> utf8) => Then(SipHash.Of(utf8));

    /// <summary>Adds a String in UTF-8; an unpaired surrogate becomes U+FFFD, as in every .NET encoder.</summary>
    [SkipLocalsInit]
    public RingKey String(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= StackBytes)
        {
            Span<byte> bytes = stackalloc byte[StackBytes];
            return String(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        var key = String(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return key;
    }

    /// <summary>Adds a FixedString(<paramref name="length"/>); shorter values are filled up with zero bytes, as on insert.</summary>
    /// <exception cref="ArgumentException">The value is longer than the column.</exception>
    public RingKey FixedString(ReadOnlySpan<byte> value, int length)
    {
        if (value.Length > length)
            throw new ArgumentException($"{value.Length} bytes do not fit FixedString({length}).", nameof(value));
        if (value.Length == length)
            return String(value);

        var rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        var bytes = rented is null ? stackalloc byte[length] : rented.AsSpan(0, length);
        value.CopyTo(bytes);
        bytes[value.Length..].Clear();
        var key = String(bytes);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return key;
    }

    /// <summary>Adds a UUID.</summary>
    public RingKey UUID(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return Then(SipHash.OfWords(high, low));
    }

    /// <summary>Adds an IPv4.</summary>
    /// <exception cref="ArgumentException">The address is not an IPv4 address.</exception>
    public RingKey IPv4(IPAddress value)
    {
        Span<byte> bytes = stackalloc byte[4];
        return value.AddressFamily == AddressFamily.InterNetwork && value.TryWriteBytes(bytes, out _)
            ? UInt32(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : throw new ArgumentException($"{value} is not an IPv4 address.", nameof(value));
    }

    /// <summary>Adds an IPv6; an IPv4 address is mapped to <c>::ffff:a.b.c.d</c>, as ClickHouse stores it.</summary>
    public RingKey IPv6(IPAddress value)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (value.AddressFamily == AddressFamily.InterNetwork)
        {
            bytes[..10].Clear();
            bytes[10..12].Fill(0xff);
            value.TryWriteBytes(bytes[12..], out _);
        }
        else
        {
            value.TryWriteBytes(bytes, out _);
        }

        return String(bytes);
    }

    /// <summary>
    /// Adds the NULL of any Nullable column. ClickHouse refuses a Nullable sharding expression, so such keys stand in a
    /// tuple there: <c>sipHash64(tuple(a, b))</c>.
    /// </summary>
    public RingKey Null() => Then(NullHash);

    /// <summary>Adds an Array, each element given as a key of its own; a Map is an array of (key, value).</summary>
    /// <example><code>RingKey.Of.Array([RingKey.Of.String("a"), RingKey.Of.String("b")])</code></example>
    public RingKey Array(ReadOnlySpan<RingKey> elements)
    {
        var key = Then(HashLength((ulong)elements.Length));
        foreach (var element in elements)
            key = key.Then(element.Hash);
        return key;
    }

    /// <summary>The hash in hexadecimal; for people, not for ClickHouse.</summary>
    public override string ToString() => _started ? $"{_state:x16}" : "(empty)";

    private RingKey Then(ulong hash) => new(_started ? SipHash.OfWords(_state, hash) : hash);

    private RingKey Wide(BigInteger value, bool isUnsigned)
    {
        Span<byte> bytes = stackalloc byte[32];
        bytes.Fill(value.Sign < 0 ? (byte)0xff : (byte)0);
        if ((isUnsigned && value.Sign < 0) || !value.TryWriteBytes(bytes, out _, isUnsigned))
            throw new OverflowException($"The value does not fit {(isUnsigned ? "UInt256" : "Int256")}.");
        return String(bytes);
    }

    /// <summary>ClickHouse's intHash64, which is what it takes of an array's length.</summary>
    private static ulong HashLength(ulong length)
    {
        var x = length ^ LengthSalt;
        x = (x ^ (x >> 33)) * 0xff51afd7ed558ccd;
        x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53;
        return x ^ (x >> 33);
    }
}
