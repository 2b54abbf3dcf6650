using System.Collections.Immutable;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class ColumnDiffTests
{
    private static ImmutableArray<ColumnShape> Columns(string names) => [.. names.Select(c => new ColumnShape($"{c}", "String"))];

    private static string Describe(string declared, string observed) => string.Join(
        "; ",
        ColumnDiff.Compare(Columns(declared), Columns(observed)).Select(change => change switch
        {
            ColumnChange.Added added => $"add {added.Column} after {added.After ?? "-"}",
            ColumnChange.Moved moved => $"move {moved.Column} after {moved.After ?? "-"}",
            ColumnChange.Removed removed => $"drop {removed.Column}",
            _ => "alter",
        }));

    [Theory]
    [InlineData("abc", "abc", "")]
    [InlineData("abxc", "abc", "add x after b")]
    [InlineData("xabc", "abc", "add x after -")]
    [InlineData("ac", "abc", "drop b")]
    [InlineData("acb", "abc", "move c after a")]
    [InlineData("abxyc", "abc", "add x after b; add y after x")]
    public void The_changes_lead_from_one_list_to_the_other(string declared, string observed, string expected) =>
        Assert.Equal(expected, Describe(declared, observed));

    [Fact]
    public void Every_property_of_a_column_is_noticed()
    {
        var column = new ColumnShape("a", "String", "DEFAULT", "'x'", "CODEC(ZSTD(1))", "words");
        ColumnShape[] mutations =
        [
            column with { Type = "UInt8" }, column with { DefaultKind = "ALIAS" }, column with { DefaultExpression = "'y'" },
            column with { Codec = "" }, column with { Comment = "" },
        ];
        foreach (var mutation in mutations)
            Assert.Single(ColumnDiff.Compare([column], [mutation]));
    }
}
