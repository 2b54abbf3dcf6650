using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Xunit;

namespace Millrace.UnitTests.Core.Compile;

public sealed class RollupSelectTests
{
    private static readonly Rollup Hourly = new()
    {
        Name = "hourly",
        From = "events",
        GroupBy = [new("bucket", "intDiv(id, 10)")],
        Aggregates = [new("events", "count()"), new("largest", "max(id)"), new("bodies", "uniq(body)")],
        Into = new RollupTarget { Table = "hourly" },
    };

    private static readonly Rollup Daily = new()
    {
        Name = "daily",
        From = "hourly",
        GroupBy = [new("bucket", "intDiv(bucket, 24)")],
        Aggregates = [new("events", "events"), new("largest", "largest"), new("bodies", "bodies")],
        Into = new RollupTarget { Table = "daily" },
    };

    private static RollupSelect Select(Rollup rollup) =>
        new(new RollupGraph(Projects.Project with { Rollups = [Hourly, Daily] }), rollup);

    [Fact]
    public void States_are_stored_and_what_merges_by_itself_is_stored_as_it_is() =>
        Assert.Equal(
            """
            SELECT
                intDiv(id, 10) AS bucket,
                countState() AS events,
                maxSimpleState(id) AS largest,
                uniqState(body) AS bodies
            FROM d.sharded_events
            GROUP BY bucket
            """,
            Select(Hourly).View);

    [Fact]
    public void A_rollup_of_a_rollup_merges_states_and_names_what_would_be_taken_for_a_column_of_its_source() =>
        Assert.Equal(
            """
            SELECT
                _1 AS bucket,
                _2 AS events,
                _3 AS largest,
                _4 AS bodies
            FROM
            (
            SELECT
                intDiv(bucket, 24) AS _1,
                countMergeState(events) AS _2,
                maxSimpleState(largest) AS _3,
                uniqMergeState(bodies) AS _4
            FROM d.sharded_hourly
            GROUP BY _1
            )
            """,
            Select(Daily).View);

    [Fact]
    public void People_read_values() =>
        Assert.Equal(
            """
            SELECT
                bucket,
                countMerge(events) AS events,
                max(largest) AS largest,
                uniqMerge(bodies) AS bodies
            FROM d.distributed_daily
            GROUP BY bucket
            """,
            Select(Daily).Merged(new("d", "distributed_daily")));

    [Fact]
    public void A_condition_joins_the_rollups_own() =>
        Assert.Contains(
            "WHERE (id > 5) AND _part = 'x'",
            Select(Hourly with { Where = "id > 5" }).Over("snapshot", "_part = 'x'"), StringComparison.Ordinal);

    [Fact]
    public void Its_objects_are_on_storage_and_where_people_query()
    {
        ImmutableArray<Column> types = [new("bucket", "UInt64"), new("events", "AggregateFunction(count)")];
        var project = Projects.Project with { Rollups = [Hourly with { Types = types }] };
        Assert.Equal(
            ["data DataTable sharded_hourly", "data ReadTable distributed_hourly", "data MergeView hourly", "query ReadTable distributed_hourly", "query MergeView hourly", "data RollupView hourly_mv"],
            Compiler.Compile(project).Where(item => item.Owner == "rollups/hourly").Select(item => $"{item.Placement.Role} {item.Purpose} {item.Name.Name}"));
    }
}
