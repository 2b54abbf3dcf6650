using Millrace.Core.Rings;
using Millrace.HashRing;
using Xunit;

namespace Millrace.UnitTests.Core.Rings;

public sealed class RingExpressionTests
{
    private static readonly Assignment FourLayers = new([1, 2, 2, 1]);

    [Fact]
    public void Layers_index_the_clusters_shards() => Assert.Equal(
        "[0, 1, 1, 0][(sipHash64(customer_id, event_type) % 4) + 1]",
        RingExpression.Compile(["customer_id", "event_type"], FourLayers, [new(1), new(2)]));

    [Fact]
    public void A_shard_is_found_by_its_place_in_the_cluster_not_by_its_number() => Assert.Equal(
        "[2, 0, 0, 2][(sipHash64(id) % 4) + 1]",
        RingExpression.Compile(["id"], FourLayers, [new(2), new(7), new(1)]));

    [Fact]
    public void A_shard_behind_heavier_ones_starts_after_all_their_values() => Assert.Equal(
        "[0, 5, 5, 0][(sipHash64(id) % 4) + 1]",
        RingExpression.Compile(["id"], FourLayers, [new(1, 3), new(9, 2), new(4, 0), new(2, 7)]));

    [Fact]
    public void Keys_that_can_be_null_stand_in_a_tuple() => Assert.Equal(
        "sipHash64(tuple(a, b)) % 32", RingExpression.Layer(["a", "b"], new VirtualLayers(32), nullable: true));

    [Fact]
    public void Shards_that_rows_cannot_reach_are_named()
    {
        Assert.Equal([2], RingExpression.Unreachable(FourLayers, [new(1), new(2, 0)]));
        var error = Assert.Throws<ArgumentException>(() => RingExpression.Compile(["id"], FourLayers, [new(3)]));
        Assert.Contains("shard 1, 2", error.Message);
    }

    [Fact]
    public void A_ring_needs_a_key() =>
        Assert.Throws<ArgumentException>(() => RingExpression.Layer([], new VirtualLayers(32)));
}
