using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Millrace.HashRing;

/// <summary>SipHash-2-4 with a zero key and a 64-bit result: what ClickHouse computes for the bytes of one value.</summary>
internal static class SipHash
{
    // "somepseudorandomlygeneratedbytes", the constants of the algorithm, XORed with a key of zero.
    private const ulong Init0 = 0x736f6d6570736575;
    private const ulong Init1 = 0x646f72616e646f6d;
    private const ulong Init2 = 0x6c7967656e657261;
    private const ulong Init3 = 0x7465646279746573;

    /// <summary>The hash of any bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var (v0, v1, v2, v3) = (Init0, Init1, Init2, Init3);
        var rest = bytes;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            Absorb(ref v0, ref v1, ref v2, ref v3, BinaryPrimitives.ReadUInt64LittleEndian(rest));

        var last = (ulong)(byte)bytes.Length << 56;
        for (var i = 0; i < rest.Length; i++)
            last |= (ulong)rest[i] << (8 * i);
        return Finish(v0, v1, v2, v3, last);
    }

    /// <summary>The hash of the low <paramref name="size"/> bytes of a number, least significant first.</summary>
    /// <param name="value">The number; its bits above <paramref name="size"/> bytes are zero.</param>
    /// <param name="size">1 to 7; a full word is <see cref="OfWord"/>.</param>
    public static ulong OfPart(ulong value, int size) =>
        Finish(Init0, Init1, Init2, Init3, value | ((ulong)size << 56));

    /// <summary>The hash of the eight bytes of a number, least significant first.</summary>
    public static ulong OfWord(ulong value)
    {
        var (v0, v1, v2, v3) = (Init0, Init1, Init2, Init3);
        Absorb(ref v0, ref v1, ref v2, ref v3, value);
        return Finish(v0, v1, v2, v3, 8UL << 56);
    }

    /// <summary>The hash of two words: sixteen bytes, <paramref name="first"/> before <paramref name="second"/>.</summary>
    public static ulong OfWords(ulong first, ulong second)
    {
        var (v0, v1, v2, v3) = (Init0, Init1, Init2, Init3);
        Absorb(ref v0, ref v1, ref v2, ref v3, first);
        Absorb(ref v0, ref v1, ref v2, ref v3, second);
        return Finish(v0, v1, v2, v3, 16UL << 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3, ulong word)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Finish(ulong v0, ulong v1, ulong v2, ulong v3, ulong last)
    {
        Absorb(ref v0, ref v1, ref v2, ref v3, last);
        v2 ^= 0xff;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
