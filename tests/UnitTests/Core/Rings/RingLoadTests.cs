using Millrace.Core.Rings;
using Millrace.HashRing;
using Xunit;

namespace Millrace.UnitTests.Core.Rings;

public sealed class RingLoadTests
{
    private static readonly Assignment Layers = new([1, 2, 1, 2]);

    [Fact]
    public void Loads_add_up_by_layer_and_shard()
    {
        var load = RingLoad.Of(Layers, [new(1), new(2)], [new(0, 10), new(4, 5), new(1, 3), new(2, 2)]);
        Assert.Equal([15, 3, 2, 0], load.Layers);
        Assert.Equal([new ShardLoad(1, 17, 1.7), new ShardLoad(2, 3, 0.3)], load.Shards);
        Assert.Equal(20, load.Total);
        Assert.Equal(1.7, load.MaxOverMean);
        Assert.Equal([3, 0.6, 0.4, 0], load.LayerWeights);
    }

    [Fact]
    public void A_heavier_shard_is_entitled_to_more()
    {
        var load = RingLoad.Of(Layers, [new(1, 3), new(2, 1), new(3, 0)], [new(0, 75), new(1, 25)]);
        Assert.Equal(1, load.MaxOverMean);
        Assert.Equal(2, load.Shards.Length);
    }

    [Fact]
    public void The_hottest_keys_come_heaviest_first()
    {
        var load = RingLoad.Of(Layers, [new(1), new(2)], Enumerable.Range(1, 100).Select(i => new KeyLoad((ulong)i, i, $"k{i}")));
        Assert.Equal(["k100", "k99", "k98"], load.Hottest.Take(3).Select(key => key.Label));
        Assert.Equal(RingLoad.HottestKeys, load.Hottest.Length);
    }

    [Fact]
    public void An_empty_sample_is_not_an_error()
    {
        var load = RingLoad.Of(Layers, [new(1), new(2)], []);
        Assert.Equal((0, 0), (load.MaxOverMean, load.PartsPerFlush(1000)));
        Assert.Equal([1, 1, 1, 1], load.LayerWeights);
    }

    [Fact]
    public void A_flush_makes_as_many_parts_as_it_touches_shards()
    {
        var even = RingLoad.Of(Layers, [new(1), new(2)], [new(0, 1), new(1, 1)]);
        Assert.Equal(1, even.PartsPerFlush(1), 9);
        Assert.Equal(1.5, even.PartsPerFlush(2), 9);
        Assert.Equal(2, even.PartsPerFlush(10_000), 9);
    }

    [Fact]
    public void Leveling_swaps_hot_layers_for_cold_ones_and_keeps_the_balance()
    {
        var current = new Assignment([1, 1, 2, 2]);
        double[] loads = [50, 40, 5, 5];
        ShardWeight[] shards = [new(1), new(2)];
        var proposed = LoadLeveling.Propose(current, shards, loads, mostSwaps: 8);
        Assert.True(Rebalance.IsBalanced(proposed, shards));
        Assert.Equal(2, current.MovesTo(proposed).Length);
        var load = RingLoad.Of(current, shards, loads.Select((load, layer) => new KeyLoad((ulong)layer, load)));
        Assert.Equal(1.8, load.MaxOverMean, 9);
        Assert.Equal(1.1, load.On(proposed, shards).MaxOverMean, 9);
    }

    [Fact]
    public void Load_cannot_go_missing_on_a_shard_without_weight()
    {
        Assert.Throws<ArgumentException>(() => RingLoad.Of(Layers, [new(1), new(2, 0)], []));
        Assert.Throws<ArgumentException>(() => LoadLeveling.Propose(Layers, [new(1)], [1, 1, 1, 1], mostSwaps: 1));
        Assert.Throws<ArgumentException>(() => LoadLeveling.Propose(Layers, [new(1), new(2)], [1], mostSwaps: 1));
    }

    [Fact]
    public void Leveling_leaves_a_level_ring_alone() => Assert.Equal(
        Layers, LoadLeveling.Propose(Layers, [new(1), new(2)], [5, 5, 5, 5], mostSwaps: 100));
}
