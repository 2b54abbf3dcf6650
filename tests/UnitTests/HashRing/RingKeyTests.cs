using System.Net;
using System.Numerics;
using Millrace.HashRing;
using Xunit;

namespace Millrace.UnitTests.HashRing;

/// <summary>The expected numbers were printed by ClickHouse 26.7; the integration tests compare a million more.</summary>
public sealed class RingKeyTests
{
    private static readonly Guid Uuid = new("00112233-4455-6677-8899-aabbccddeeff");
    private static readonly DateTimeOffset Moment = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    public static TheoryData<string, RingKey, ulong> Vectors => new()
    {
        { "UInt8", RingKey.Of.UInt8(200), 1753173532764929511 },
        { "UInt16", RingKey.Of.UInt16(60000), 1072610081109502463 },
        { "UInt32", RingKey.Of.UInt32(4000000000), 5896057426609206206 },
        { "UInt64", RingKey.Of.UInt64(18000000000000000000), 5134556577660707334 },
        { "UInt128", RingKey.Of.UInt128(UInt128.MaxValue), 8560908848243617172 },
        { "UInt256", RingKey.Of.UInt256(BigInteger.Pow(2, 256) - 6), 1318676979287082866 },
        { "Int8", RingKey.Of.Int8(-5), 937819827424439354 },
        { "Int16", RingKey.Of.Int16(-5), 6652144064725454326 },
        { "Int32", RingKey.Of.Int32(-5), 12991344594755678508 },
        { "Int64", RingKey.Of.Int64(-5), 3332004721919032182 },
        { "Int128", RingKey.Of.Int128(-5), 4816574897118940162 },
        { "Int256", RingKey.Of.Int256(-5), 13392787049848083191 },
        { "Float32", RingKey.Of.Float32(1.5f), 399973217418098485 },
        { "Float64, minus zero", RingKey.Of.Float64(-0.0), 12891205267294459377 },
        { "Bool", RingKey.Of.Bool(true), 7385293435322750976 },
        { "Enum8", RingKey.Of.Enum8(-2), 1525866869134746568 },
        { "Enum16", RingKey.Of.Enum16(300), 18428986562337340203 },
        { "String, empty", RingKey.Of.String(""), 2202906307356721367 },
        { "String, beyond ASCII", RingKey.Of.String("grüße 🎈"), 4650401520977181758 },
        { "String, long", RingKey.Of.String(new string('x', 1000)), 11563593490208286059 },
        { "FixedString, filled up", RingKey.Of.FixedString("ab"u8, 5), 17716650994413762602 },
        { "UUID", RingKey.Of.UUID(Uuid), 3170103634555911832 },
        { "IPv4", RingKey.Of.IPv4(IPAddress.Parse("10.1.2.3")), 3471885850673458168 },
        { "IPv6", RingKey.Of.IPv6(IPAddress.Parse("2001:db8::1")), 6053793142534953806 },
        { "IPv6 of an IPv4", RingKey.Of.IPv6(IPAddress.Parse("10.1.2.3")), 11227562129054531485 },
        { "Date", RingKey.Of.Date(new DateOnly(2026, 2, 3)), 13903957679665259931 },
        { "Date32", RingKey.Of.Date32(new DateOnly(1930, 2, 3)), 7629994459285266257 },
        { "DateTime", RingKey.Of.DateTime(Moment), 16005230175586275988 },
        { "DateTime64(3)", RingKey.Of.DateTime64(Moment, 3), 7802869767283226029 },
        { "DateTime64(2) before 1970", RingKey.Of.DateTime64(DateTimeOffset.UnixEpoch.AddTicks(-1000), 2), 9246102839527854430 },
        { "Decimal32", RingKey.Of.Decimal32(-1.239m, 2), 15825301028059879858 },
        { "Decimal64", RingKey.Of.Decimal64(123.45m, 4), 12404486769964347096 },
        { "Decimal128", RingKey.Of.Decimal128(123.45m, 10), 16159661862079330431 },
        { "Null", RingKey.Of.Null(), 14234421406067173489 },
        { "Array, empty", RingKey.Of.Array([]), 4761183170873013810 },
        { "Array", RingKey.Of.Array([RingKey.Of.String("a"), RingKey.Of.String("bc")]), 1327791070255656211 },
        {
            "Array of arrays",
            RingKey.Of.Array([RingKey.Of.Array([RingKey.Of.UInt8(1)]), RingKey.Of.Array([])]), 12328625051881238163
        },
        { "Map", RingKey.Of.Array([RingKey.Of.String("a").UInt8(1)]), 65529712741946183 },
        { "two values", RingKey.Of.Int64(7).String("click"), 13720152504048908170 },
        {
            "text, array and tuple",
            RingKey.Of.String("a").Array([RingKey.Of.String("b"), RingKey.Of.String("c")]).Int32(1).String("d"),
            8251046625357771335
        },
        { "Array of tuples", RingKey.Of.Array([RingKey.Of.UInt8(1).String("a")]), 13673040450496894833 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_hash_is_the_servers(string what, RingKey key, ulong expected) =>
        Assert.True(expected == key.Hash, $"{what}: {key.Hash}, the server says {expected}");

    [Fact]
    public void The_width_of_a_number_is_part_of_the_key() =>
        Assert.NotEqual(RingKey.Of.Int32(5).Hash, RingKey.Of.Int64(5).Hash);

    [Fact]
    public void The_order_of_values_is_part_of_the_key() =>
        Assert.NotEqual(RingKey.Of.String("a").String("b").Hash, RingKey.Of.String("b").String("a").Hash);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(512)]
    [InlineData(70_000)]
    public void Text_hashes_as_its_bytes(int length)
    {
        var text = string.Concat(Enumerable.Repeat("é", length));
        Assert.Equal(RingKey.Of.String(System.Text.Encoding.UTF8.GetBytes(text)), RingKey.Of.String(text));
        Assert.Equal(
            RingKey.Of.String([.. System.Text.Encoding.UTF8.GetBytes(text), 0, 0]),
            RingKey.Of.FixedString(System.Text.Encoding.UTF8.GetBytes(text), (2 * length) + 2));
    }

    [Fact]
    public void A_key_without_values_has_no_hash() =>
        Assert.Throws<InvalidOperationException>(() => RingKey.Of.Hash);

    [Fact]
    public void Values_that_do_not_fit_their_type_are_refused()
    {
        Assert.Throws<OverflowException>(() => RingKey.Of.UInt256(-1));
        Assert.Throws<OverflowException>(() => RingKey.Of.Int256(BigInteger.Pow(2, 255)));
        Assert.Throws<OverflowException>(() => RingKey.Of.Date(new DateOnly(1969, 12, 31)));
        Assert.Throws<OverflowException>(() => RingKey.Of.DateTime(new DateTimeOffset(1969, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Throws<OverflowException>(() => RingKey.Of.DateTime64(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), 9));
        Assert.Throws<OverflowException>(() => RingKey.Of.Decimal32(99999999999m, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingKey.Of.DateTime64(Moment, 10));
        Assert.Throws<ArgumentException>(() => RingKey.Of.FixedString("abc"u8, 2));
        Assert.Throws<ArgumentException>(() => RingKey.Of.IPv4(IPAddress.IPv6Loopback));
    }

    [Fact]
    public void Keys_are_built_without_allocating()
    {
        var text = new string('é', 5000);
        var assignment = Rebalance.First(new VirtualLayers(32), [new(1), new(2), new(3)]);
        var shards = Place(assignment, text, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        shards += Place(assignment, text, 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(shards > 0);
    }

    private static int Place(Assignment assignment, string text, int times)
    {
        var sum = 0;
        for (var i = 0; i < times; i++)
            sum += assignment.ShardOf(
                RingKey.Of.Int64(i).String("click").String(text).UUID(Uuid).FixedString("ab"u8, 1000).Int256(i)
                    .DateTime64(Moment, 6).Array([RingKey.Of.Int32(1), RingKey.Of.Null()]));
        return sum;
    }
}
