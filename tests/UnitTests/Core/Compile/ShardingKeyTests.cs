using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.HashRing;
using Millrace.UnitTests.Core.Rings;
using Xunit;

namespace Millrace.UnitTests.Core.Compile;

public sealed class ShardingKeyTests
{
    private const string Expression = "[0, 1, 0, 1][(sipHash64(id, body) % 4) + 1]";

    private static string SqlOf(Project project, string role, string name) =>
        Compiler.Compile(project).First(item => item.Placement.Role == role && item.Name.Name == name).CreateSql;

    [Fact]
    public void A_ring_compiles_to_the_writable_tables_sharding_expression() =>
        Assert.Contains($"Distributed('data', 'd', 'sharded_events', {Expression})", SqlOf(RingedProject.With(RingedProject.Lock), "events", "writable_events"), StringComparison.Ordinal);

    [Fact]
    public void Tables_to_read_have_the_expression_only_while_every_row_lies_where_it_says()
    {
        Assert.Contains(Expression, SqlOf(RingedProject.With(RingedProject.Lock), "query", "events"), StringComparison.Ordinal);

        var moved = RingedProject.Lock.Next([new(1), new(2, 3)], DateTimeOffset.UnixEpoch, "bob", "bigger");
        Assert.Contains("Distributed('data', 'd', 'sharded_events')", SqlOf(RingedProject.With(moved), "query", "events"), StringComparison.Ordinal);
        Assert.Contains("sipHash64", SqlOf(RingedProject.With(moved), "events", "writable_events"), StringComparison.Ordinal);

        Assert.Contains("sipHash64", SqlOf(RingedProject.With(moved.WithRowsInPlace()), "query", "events"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_can_be_NULL_is_hashed_in_a_tuple()
    {
        var project = RingedProject.With(RingedProject.Lock, "body");
        var pipeline = project.Pipelines[0] with { Columns = [new Column("id", "UInt64"), new Column("body", "LowCardinality(Nullable(String))")] };
        Assert.Contains("sipHash64(tuple(body)) % 4", SqlOf(project with { Pipelines = [pipeline] }, "events", "writable_events"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_selects_the_shard_by_its_place_in_the_cluster_even_when_numbers_have_gaps()
    {
        var project = RingedProject.With(RingLock.Begin("main", new VirtualLayers(4), [new(1), new(7)], DateTimeOffset.UnixEpoch, "ann", "start"));
        var fleet = project.Fleet with { Nodes = [.. project.Fleet.Nodes.Select(node => node.Name == "data-2" ? node with { Shard = 7 } : node)] };
        Assert.Contains(Expression, SqlOf(project with { Fleet = fleet }, "events", "writable_events"), StringComparison.Ordinal);
    }
}
