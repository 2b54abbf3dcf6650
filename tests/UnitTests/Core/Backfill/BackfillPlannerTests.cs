using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Xunit;

namespace Millrace.UnitTests.Core.Backfill;

public sealed class BackfillPlannerTests
{
    private static readonly Rollup Hourly = new()
    {
        Name = "hourly",
        From = "events",
        GroupBy = [new("bucket", "intDiv(id, 10)")],
        Aggregates = [new("events", "count()"), new("slowest", "quantile(0.9)(id)")],
        Into = new RollupTarget { Table = "hourly", PartitionBy = "bucket % 4" },
    };

    private static readonly Rollup Daily = Hourly with
    {
        Name = "daily", From = "hourly", Aggregates = [new("events", "events")], Into = new RollupTarget { Table = "daily" },
    };

    private static BackfillJob Plan(string rollup, params string[] partitions)
    {
        var project = Projects.Project with { Rollups = [Daily, Hourly] };
        return new BackfillPlanner(project).Plan(
            project.Rollups.First(r => r.Name == rollup), "bf1", [.. partitions], new BackfillLimits(), DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void Rollups_of_a_rollup_are_rebuilt_with_it_parents_first() =>
        Assert.Equal(["sharded_hourly", "sharded_daily"], Plan("hourly").Targets.Select(target => target.Table.Name));

    [Fact]
    public void The_last_of_a_chain_is_rebuilt_from_its_parent_and_watches_what_feeds_that()
    {
        var job = Plan("daily");
        Assert.Equal(["sharded_hourly"], job.Sources.Select(source => source.Name));
        Assert.Equal(["sharded_hourly", "sharded_events"], job.Watched.Select(table => table.Name));
    }

    [Fact]
    public void Single_partitions_are_rebuilt_alone()
    {
        var job = Plan("hourly", "2");
        Assert.Equal(["sharded_hourly"], job.Targets.Select(target => target.Table.Name));
        Assert.Equal("partitionID(bucket % 4) IN ('2')", job.Targets[0].Views[0].Only);
        Assert.DoesNotContain("partitionID", job.Targets[0].Views[0].Over("x", "1"), StringComparison.Ordinal); // Live rows flow into all.
    }

    [Fact]
    public void What_depends_on_the_order_of_rows_is_not_compared() =>
        Assert.Equal([true, false], Plan("hourly").Targets[0].Views[0].Columns.Select(column => column.IsComparable));

    [Fact]
    public void Every_shard_and_every_consumer_is_in_it()
    {
        Assert.Equal(["data-1", "data-2"], Plan("hourly").Nodes);
        Assert.Equal(["ing-1 kafka_events", "ing-2 kafka_events"], Plan("hourly").Consumers.Select(consumer => $"{consumer.Node} {consumer.Table.Name}"));
    }

    [Fact]
    public void A_job_survives_being_stored() => Assert.Equal(Plan("hourly").ToJson(), BackfillJob.Parse(Plan("hourly").ToJson()).ToJson());
}
