using Millrace.Core.Planning;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class TypeWideningTests
{
    [Theory]
    [InlineData("UInt8", "UInt16")]
    [InlineData("UInt32", "Int64")]
    [InlineData("Int32", "Float64")]
    [InlineData("String", "LowCardinality(String)")]
    [InlineData("LowCardinality(String)", "String")]
    [InlineData("Int32", "Nullable(Int64)")]
    [InlineData("Array(UInt8)", "Array(UInt16)")]
    [InlineData("LowCardinality(String)", "LowCardinality(Nullable(String))")]
    public void Widening_loses_nothing(string from, string to) => Assert.True(TypeWidening.IsLossless(from, to));

    [Theory]
    [InlineData("Int64", "UInt64")]
    [InlineData("UInt64", "Int64")]
    [InlineData("Int64", "Float64")]
    [InlineData("Nullable(Int32)", "Int32")]
    [InlineData("String", "UInt64")]
    [InlineData("DateTime64(3)", "DateTime")]
    [InlineData("Enum8('a' = 1)", "Enum8('b' = 1)")]
    public void What_can_lose_values_is_not_lossless(string from, string to) => Assert.False(TypeWidening.IsLossless(from, to));
}
