using Millrace.Core.Shapes;
using Millrace.Engine.Observe;
using Xunit;

namespace Millrace.UnitTests.Engine.Observe;

public sealed class ObjectReaderTests
{
    [Theory]
    [InlineData("CREATE MATERIALIZED VIEW m.mv TO m.t (`a` UInt8) AS SELECT a FROM m.n", "m", "t")]
    [InlineData("CREATE MATERIALIZED VIEW `m x`.`m\\`v` TO `d b`.`t TO u` (`a` UInt8) AS SELECT 1", "d b", "t TO u")]
    [InlineData("CREATE MATERIALIZED VIEW m.mv REFRESH EVERY 1 HOUR TO m.t (`a` UInt8) AS SELECT 1", "m", "t")]
    [InlineData("CREATE MATERIALIZED VIEW m.mv REFRESH EVERY 1 HOUR DEPENDS ON m.o APPEND TO m.t (`a` UInt8) AS SELECT 1", "m", "t")]
    public void The_target_of_a_view_is_found_in_its_definition(string query, string database, string table) =>
        Assert.Equal(new ObjectName(database, table), ObjectReader.TargetInDefinition(query));

    [Theory]
    [InlineData("CREATE MATERIALIZED VIEW m.mv (`a` String) ENGINE = MergeTree ORDER BY a AS SELECT ' TO m.t' AS a")]
    [InlineData("CREATE TABLE m.t (`a` String DEFAULT ' TO m.t') ENGINE = Null")]
    public void What_only_looks_like_a_target_is_none(string query) => Assert.Null(ObjectReader.TargetInDefinition(query));

    [Fact]
    public void Objects_of_one_database_are_asked_for_with_plain_conditions() => Assert.Contains(
        "WHERE database IN ('m') AND name IN ('a', 'it\\'s')\n",
        ObjectReader.TablesQuery([new("m", "a"), new("m", "it's")], tellsViewTargets: true));

    [Fact]
    public void Objects_of_several_databases_are_not_mixed_up() => Assert.Contains(
        "AND (database, table) IN (('m', 'a'), ('n', 'b'))",
        ObjectReader.ColumnsQuery([new("m", "a"), new("n", "b")]));
}
