using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class AlterSqlTests
{
    private static readonly ColumnShape Plain = new("a", "UInt8");

    private static string[] Sql(ColumnChange change) => [.. AlterSql.Columns(Shapes.Name("t"), [change])];

    private static string[] Altered(ColumnShape from, ColumnShape to) => Sql(new ColumnChange.Altered(to, from));

    [Fact]
    public void Columns_that_come_and_go_share_a_statement_each_way() =>
        Assert.Equal(
            ["ALTER TABLE d.t ADD COLUMN IF NOT EXISTS a UInt8 FIRST, ADD COLUMN IF NOT EXISTS b UInt8 AFTER a", "ALTER TABLE d.t DROP COLUMN IF EXISTS c"],
            AlterSql.Columns(
                Shapes.Name("t"),
                [new ColumnChange.Added(Plain, null), new ColumnChange.Removed(Plain with { Name = "c" }), new ColumnChange.Added(Plain with { Name = "b" }, "a")]));

    [Fact]
    public void A_column_comes_with_all_that_it_has() =>
        Assert.Equal(
            ["ALTER TABLE d.t ADD COLUMN IF NOT EXISTS a UInt8 DEFAULT 1 COMMENT 'it\\'s' CODEC(ZSTD(3)) FIRST"],
            Sql(new ColumnChange.Added(new("a", "UInt8", "DEFAULT", "1", "CODEC(ZSTD(3))", "it's"), null)));

    [Fact]
    public void Each_part_of_a_column_changes_by_its_own_statement()
    {
        Assert.Equal(["ALTER TABLE d.t MODIFY COLUMN a UInt16"], Altered(Plain, Plain with { Type = "UInt16" }));
        Assert.Equal(["ALTER TABLE d.t COMMENT COLUMN a 'x'"], Altered(Plain, Plain with { Comment = "x" }));
        Assert.Equal(["ALTER TABLE d.t MODIFY COLUMN a UInt8 CODEC(ZSTD(1))"], Altered(Plain, Plain with { Codec = "CODEC(ZSTD(1))" }));
        Assert.Equal(["ALTER TABLE d.t MODIFY COLUMN a REMOVE CODEC"], Altered(Plain with { Codec = "CODEC(ZSTD(1))" }, Plain));
        Assert.Equal(["ALTER TABLE d.t MODIFY COLUMN a UInt8 DEFAULT 1"], Altered(Plain, Plain with { DefaultKind = "DEFAULT", DefaultExpression = "1" }));
        Assert.Equal(["ALTER TABLE d.t MODIFY COLUMN a REMOVE DEFAULT"], Altered(Plain with { DefaultKind = "DEFAULT", DefaultExpression = "1" }, Plain));
    }

    [Fact]
    public void Names_are_quoted_wherever_they_stand()
    {
        var odd = Plain with { Name = "a`b" };
        Assert.Equal(["ALTER TABLE d.t ADD COLUMN IF NOT EXISTS `a\\`b` UInt8 AFTER `x y`"], Sql(new ColumnChange.Added(odd, "x y")));
        Assert.Equal(["ALTER TABLE d.t DROP COLUMN IF EXISTS `a\\`b`"], Sql(new ColumnChange.Removed(odd)));
        Assert.Equal(["ALTER TABLE d.t MODIFY COLUMN `a\\`b` UInt8 FIRST"], Sql(new ColumnChange.Moved(odd, null)));
        Assert.Equal("ALTER TABLE d.t MODIFY COMMENT 'it\\'s'", AlterSql.Comment(Shapes.Name("t"), "it's"));
    }
}
