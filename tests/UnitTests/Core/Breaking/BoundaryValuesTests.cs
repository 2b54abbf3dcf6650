using Millrace.Core.Breaking;
using Xunit;

namespace Millrace.UnitTests.Core.Breaking;

public sealed class BoundaryValuesTests
{
    [Fact]
    public void Whole_numbers_reach_both_ends_of_their_type()
    {
        var values = BoundaryValues.Of("Int16");
        Assert.Contains("CAST('32767' AS Int16)", values);
        Assert.Contains("CAST('-32768' AS Int16)", values);
        Assert.DoesNotContain(values, value => value.Contains("70000", StringComparison.Ordinal));
    }

    [Fact]
    public void A_nullable_type_has_null_as_well() => Assert.Contains("CAST(NULL AS Nullable(UInt8))", BoundaryValues.Of("Nullable(UInt8)"));

    [Fact]
    public void Every_member_of_an_enum_is_tried() =>
        Assert.Equal(
            ["CAST('b, c' AS Enum8('a' = 1, 'b, c' = 2))", "CAST('a' AS Enum8('a' = 1, 'b, c' = 2))"],
            BoundaryValues.Of("Enum8('a' = 1, 'b, c' = 2)"));

    [Fact]
    public void Arrays_are_made_of_their_items() => Assert.Contains("CAST([CAST('300' AS UInt16)] AS Array(UInt16))", BoundaryValues.Of("Array(UInt16)"));

    [Fact]
    public void States_are_made_by_their_function() =>
        Assert.StartsWith("CAST(arrayReduce('quantileState(0.5)', [CAST(", BoundaryValues.Of("AggregateFunction(quantile(0.5), Float64)")[0], StringComparison.Ordinal);

    [Fact]
    public void An_unknown_type_has_none() => Assert.Empty(BoundaryValues.Of("Point"));
}
