using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Backfill;

public sealed class BackfillSqlTests
{
    private static readonly Rollup Hourly = new()
    {
        Name = "hourly", From = "events", GroupBy = [new("bucket", "intDiv(id, 10)")], Aggregates = [new("events", "count()")],
        Into = new RollupTarget { Table = "hourly", PartitionBy = "bucket % 4" },
    };

    private static readonly BackfillUnit Unit = new("0_1", 0, "_part IN ('all_1_1_0')", 10);

    private static BackfillJob Plan(BackfillLimits limits, params string[] partitions)
    {
        var project = Projects.Project with { Rollups = [Hourly] };
        return new BackfillPlanner(project).Plan(Hourly, "bf1", [.. partitions], limits, DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void Live_rows_of_every_partition_flow_while_single_ones_are_rebuilt()
    {
        var sql = new BackfillSql(Plan(new BackfillLimits(), "2"), new BackfillNames("bf1", 1));
        Assert.DoesNotContain("partitionID", Assert.Single(sql.RootViews()), StringComparison.Ordinal);
        var (_, stage, parts) = Assert.Single(sql.Stages(Unit));
        Assert.Contains("partitionID(bucket % 4) IN ('2')", BackfillSql.Fill(stage, parts[0].View, parts[0].From, parts[0].Condition), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_partition_in_which_a_range_begins_the_other_rows_are_copied()
    {
        var range = new BackfillRange("bucket", "Date", "2024-02-10", null);
        var job = new BackfillPlanner(Projects.Project with { Rollups = [Hourly] }).Plan(Hourly, "bf1", ["2"], new BackfillLimits(), DateTimeOffset.UnixEpoch, range);
        var sql = new BackfillSql(job, new BackfillNames("bf1", 1));
        var made = Assert.Single(sql.Stages(Unit)).Parts[0];
        var kept = Assert.Single(sql.Stages(BackfillUnit.Kept(5)));
        Assert.EndsWith("WHERE partitionID(bucket % 4) IN ('2') AND ifNull(bucket >= CAST('2024-02-10', 'Date'), 0)", made.View.Rebuilt("x", "1"), StringComparison.Ordinal);
        Assert.Equal(
            """
            INSERT INTO millrace_backfill.bf1_g1_stage_0_kept (bucket, events)
            SELECT bucket, events
            FROM millrace_backfill.bf1_g1_kept_sharded_hourly
            WHERE partitionID(bucket % 4) IN ('2') AND NOT ifNull(bucket >= CAST('2024-02-10', 'Date'), 0)
            """,
            BackfillSql.Fill(kept.Stage, kept.Parts[0].View, kept.Parts[0].From, kept.Parts[0].Condition));
    }

    [Fact]
    public void A_cut_by_time_of_arrival_gives_each_row_to_one_side()
    {
        var job = Plan(new BackfillLimits { Cut = CutMode.IngestTime, IngestColumn = "arrived" });
        var sql = new BackfillSql(job, new BackfillNames("bf1", 1), instant: 1700000000);
        Assert.Contains("arrived >= fromUnixTimestamp64Milli(1700000000000)", Assert.Single(sql.RootViews()), StringComparison.Ordinal);
        Assert.Equal("_part IN ('all_1_1_0') AND arrived < fromUnixTimestamp64Milli(1700000000000)", Assert.Single(sql.Stages(Unit)).Parts[0].Condition);
    }

    [Fact]
    public void Rows_out_of_topics_stand_for_the_snapshot_up_to_where_the_stream_was()
    {
        var job = Plan(new BackfillLimits { FromKafka = true });
        var table = new ObjectName("millrace_backfill", "bf1_replay_1");
        var replayed = ReplayedRows.Of(table, [new(("events", 1), 30), new(("events", 0), 7), new(("events", 2), 0)]);
        var (_, _, parts) = Assert.Single(new BackfillSql(job, new BackfillNames("bf1", 1), replayed: replayed).Stages(Unit));
        Assert.Equal(table, parts[0].From);
        Assert.EndsWith("((_topic = 'events' AND _partition = 0 AND _offset < 7) OR (_topic = 'events' AND _partition = 1 AND _offset < 30))", parts[0].Condition, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_known_end_no_message_is_an_old_one() =>
        Assert.Equal("0", ReplayedRows.Of(new ObjectName("d", "t"), []).Condition);

    [Fact]
    public void A_second_group_reads_the_topic_through_the_pipelines_own_select()
    {
        var replay = Assert.Single(Plan(new BackfillLimits { FromKafka = true }).Replays);
        var statements = replay.Create("bf1", 2, 0).ToList();
        Assert.Contains("kafka_group_name = 'g_bf1_2'", statements[1], StringComparison.Ordinal);
        Assert.Contains("sipHash64(id)", statements[0], StringComparison.Ordinal);
        Assert.StartsWith("CREATE MATERIALIZED VIEW IF NOT EXISTS millrace_backfill.bf1_replay_2_mv_0 TO millrace_backfill.bf1_replay_2_out_0", statements[2], StringComparison.Ordinal);
        Assert.DoesNotContain(statements, statement => statement.Contains("__millrace", StringComparison.Ordinal));
    }

    [Fact]
    public void Jobs_that_stand_on_each_others_tables_overlap()
    {
        var hourly = Plan(new BackfillLimits());
        var daily = hourly with { Sources = [hourly.Targets[0].Table], Targets = [] };
        Assert.True(hourly.Overlaps(daily));
        Assert.True(daily.Overlaps(hourly));
        Assert.False(daily.Overlaps(daily));
    }
}
