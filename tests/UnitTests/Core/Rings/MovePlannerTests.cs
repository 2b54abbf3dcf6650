using Millrace.Core.Model;
using Millrace.Core.Rings.Moves;
using Millrace.HashRing;
using Xunit;

namespace Millrace.UnitTests.Core.Rings;

public sealed class MovePlannerTests
{
    /// <summary>Layer 0 has moved from shard 1 to shard 2.</summary>
    private static readonly RingLock Moved = RingedProject.Lock.Next(
        [new(1), new(2)], new Assignment([2, .. RingedProject.Lock.Current.Assignment.ShardOfLayer.Skip(1)]), DateTimeOffset.UnixEpoch, "bob", "hot layer");

    [Fact]
    public void A_shard_gains_the_layers_that_it_holds_and_loses_the_others()
    {
        var move = Plan(Project("MergeTree"), 0);
        Assert.Equal([0], move.Shards.Single(shard => shard.Number == 2).Gains);
        Assert.Empty(move.Shards.Single(shard => shard.Number == 2).Loses);
        Assert.Equal([0], move.Shards.Single(shard => shard.Number == 1).Loses);
        Assert.Equal(["data-1", "data-2"], move.Shards.Select(shard => shard.Node));
    }

    [Fact]
    public void Readers_are_replaced_in_one_instant_wherever_people_ask()
    {
        var table = Plan(Project("MergeTree"), 0).Tables.Single();
        Assert.Equal(["data-1", "data-2", "query-1"], table.Nodes);
        Assert.All([table.Readers.Plain, table.Readers.Before, table.Readers.After], sql => Assert.StartsWith("CREATE OR REPLACE TABLE d.events\n", sql, StringComparison.Ordinal));
        Assert.Contains("Distributed('data', 'd', 'sharded_events')", table.Readers.Plain, StringComparison.Ordinal);
        Assert.Contains("Distributed('data', 'd', 'sharded_events_ring_before')", table.Readers.Before, StringComparison.Ordinal);
        Assert.Contains("Distributed('data', 'd', 'sharded_events_ring_after')", table.Readers.After, StringComparison.Ordinal);
    }

    [Fact]
    public void One_mask_hides_the_copies_and_the_other_what_was_copied()
    {
        var move = Plan(Project("MergeTree"), 0);
        var (table, one, two) = (move.Tables.Single(), new MoveSql(move, move.Shards[0]), new MoveSql(move, move.Shards[1]));
        Assert.EndsWith("AS SELECT id FROM d.sharded_events WHERE _part_uuid NOT IN ('u')", two.MaskBefore(table, "id", ["u"]), StringComparison.Ordinal);
        Assert.EndsWith("AS SELECT id FROM d.sharded_events WHERE 1", one.MaskBefore(table, "id", []), StringComparison.Ordinal);
        Assert.EndsWith("WHERE NOT ((sipHash64(id, body) % 4) IN (0))", one.MaskAfter(table, "id"), StringComparison.Ordinal);
        Assert.EndsWith("WHERE NOT (0)", two.MaskAfter(table, "id"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_replace_each_other_are_read_as_if_they_had()
    {
        var move = Plan(Project("ReplacingMergeTree", "id", "body"), 0);
        Assert.Contains("FROM d.sharded_events FINAL WHERE", new MoveSql(move, move.Shards[0]).MaskAfter(move.Tables.Single(), "id"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_was_copied_is_deleted_and_asked_for_before_it_is()
    {
        var move = Plan(Project("MergeTree"), 0);
        var (table, one) = (move.Tables.Single(), new MoveSql(move, move.Shards[0]));
        const string Copied = "WHERE (sipHash64(id, body) % 4) IN (0) AND cityHash64(id) IN (SELECT cityHash64(id) FROM millrace_ring.m_snapshot_sharded_events WHERE (sipHash64(id, body) % 4) IN (0))";
        Assert.Equal($"ALTER TABLE d.sharded_events DELETE {Copied} SETTINGS mutations_sync = 2", one.Remove(table, "id"));
        Assert.Equal($"SELECT count() FROM (SELECT 1 FROM d.sharded_events {Copied} LIMIT 1) FORMAT JSONCompactEachRow", one.Unremoved(table, "id"));
    }

    [Fact]
    public void A_move_is_read_back_as_it_was_written()
    {
        var move = Plan(Project("MergeTree"), 0);
        Assert.Equal(move.ToJson(), RingMove.Parse(move.ToJson()).ToJson());
        Assert.Throws<FormatException>(() => RingMove.Parse("null"));
        Assert.Throws<FormatException>(() => RingMove.Parse("{"));
    }

    [Theory]
    [InlineData("MergeTree", null)]
    [InlineData("ReplacingMergeTree", null)]
    [InlineData("SummingMergeTree(n)", "is a SummingMergeTree")]
    [InlineData("AggregatingMergeTree", "is a AggregatingMergeTree")]
    public void Engines_whose_merges_make_new_rows_are_refused(string engine, string? words) =>
        Refuses(words, Project(engine, "id", "body"));

    [Fact]
    public void Rows_that_replace_each_other_must_belong_on_one_shard() =>
        Refuses("does not hold the whole key", Project("ReplacingMergeTree", "id"));

    [Fact]
    public void Shards_with_replicas_are_refused()
    {
        var project = Project("MergeTree");
        Refuses("have replicas", project with { Fleet = project.Fleet with { Nodes = [.. project.Fleet.Nodes, Projects.Node("data-3", "data", 2)] } });
    }

    private static void Refuses(string? words, Project project)
    {
        var obstacles = Planner(project).Obstacles().ToList();
        if (words is null)
            Assert.Empty(obstacles);
        else
            Assert.Contains(words, Assert.Single(obstacles), StringComparison.Ordinal);
    }

    private static Project Project(string engine, params string[] orderBy)
    {
        var project = RingedProject.With(Moved);
        var into = project.Pipelines[0].Table! with { Engine = engine, OrderBy = orderBy.Length == 0 ? ["id"] : [.. orderBy] };
        return project with { Pipelines = [project.Pipelines[0] with { Into = into }] };
    }

    private static MovePlanner Planner(Project project) => new(project, project.Fleet.Rings[0]);

    private static RingMove Plan(Project project, params int[] layers) => Planner(project).Plan("m", [.. layers], olderMayWin: false);
}
