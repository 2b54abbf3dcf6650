using Millrace.Core.Backfill;
using Xunit;

namespace Millrace.UnitTests.Core.Backfill;

public sealed class BackfillUnitTests
{
    [Fact]
    public void Small_parts_go_together_and_large_ones_are_split_by_row()
    {
        var units = BackfillUnit.Of(0, [("a", 30), ("b", 60), ("c", 50), ("d", 250)], unitRows: 100);
        Assert.Equal(
            [
                ("_part = 'd' AND _part_offset >= 0 AND _part_offset < 83", 83L),
                ("_part = 'd' AND _part_offset >= 83 AND _part_offset < 166", 83L),
                ("_part = 'd' AND _part_offset >= 166 AND _part_offset < 250", 84L),
                ("_part IN ('a', 'b')", 90L),
                ("_part IN ('c')", 50L),
            ],
            units.Select(unit => (unit.Condition, unit.Rows)).OrderBy(unit => unit.Condition.Contains("IN", StringComparison.Ordinal)));
    }

    [Fact]
    public void Units_that_run_beside_one_another_are_even()
    {
        var parts = new[] { ("a", 1_800_000L), ("b", 900_000L), ("c", 1_500_000L), ("d", 900_000L) };
        Assert.Equal([2_700_000L, 2_400_000L], BackfillUnit.Of(0, parts, unitRows: 10_000_000, atOnce: 2).Select(unit => unit.Rows));
        Assert.Equal([1_500_000L], BackfillUnit.Of(0, [("a", 1_500_000)], unitRows: 10_000_000, atOnce: 2).Select(unit => unit.Rows));
    }

    [Fact]
    public void Every_row_is_in_exactly_one_unit() =>
        Assert.Equal(1_000_003, BackfillUnit.Of(0, [("a", 1_000_000), ("b", 3)], unitRows: 7).Sum(unit => unit.Rows));

    [Fact]
    public void Ids_are_unique() =>
        Assert.Distinct(BackfillUnit.Of(2, [("a", 1_000), ("b", 3), ("c", 900)], unitRows: 100).Select(unit => unit.Id));
}
