using Millrace.Core.Breaking;
using Xunit;

namespace Millrace.UnitTests.Core.Breaking;

public sealed class JsonPathTests
{
    [Fact]
    public void Types_name_typed_and_skipped_paths() => Assert.Equal(
        [new("a.b", "Array(JSON(x UInt8))"), new("c", null), new("d e", "Int64"), new("x", "UInt8")],
        JsonPath.In("Array(JSON(max_dynamic_paths=4, a.b Array(JSON(x UInt8)), SKIP c, `d e` Int64))"));

    [Theory]
    [InlineData(@"^debug\\..*", "debug.x")]
    [InlineData(@"^(?:tmp|old)_[a-z]+\\d{3}$", "tmp_a111")]
    [InlineData("secret", "secret")]
    public void A_pattern_has_an_example(string pattern, string example) =>
        Assert.Equal([new(example, null)], JsonPath.In($"JSON(SKIP REGEXP '{pattern}')"));

    [Theory]
    [InlineData("j.a.b.:`Int64`", "a.b", "Int64")]
    [InlineData("j.^`a`.b", "a.b", null)]
    [InlineData("j.items[].:`String`", "items", "String")]
    public void A_subcolumn_stands_for_a_path(string name, string path, string? type) =>
        Assert.Equal(new JsonPath(path, type), JsonPath.OfSubcolumn("j", name));

    [Fact]
    public void Another_column_is_none() => Assert.Null(JsonPath.OfSubcolumn("j", "jj.a"));

    [Fact]
    public void Values_have_the_paths_that_are_named()
    {
        var values = BoundaryValues.Of("JSON", JsonPath.In("JSON(amount UInt8)"));
        Assert.Contains("""concat('{', '"amount":', ifNull(toJSONString(CAST(300 AS Int64)), 'null'), ',"other":', ifNull(toJSONString(CAST(300 AS Int64)), 'null'), '}')""", values[0], StringComparison.Ordinal);
    }
}
