using FsCheck;
using FsCheck.Fluent;
using Millrace.HashRing;
using Xunit;

namespace Millrace.UnitTests.HashRing;

public sealed class RebalanceTests
{
    [Fact]
    public void Every_shard_always_holds_its_share_rounded_down_or_up() => ForAll(change =>
    {
        foreach (var (assignment, shards) in Live(change))
        {
            var counts = assignment.Counts();
            var weight = shards.Sum(s => s.Weight);
            Assert.All(counts.Keys, shard => Assert.Contains(shards, s => s.Shard == shard && s.Weight > 0));
            foreach (var shard in shards)
            {
                var share = (double)change.Layers.Count * shard.Weight / weight;
                Assert.InRange(counts.GetValueOrDefault(shard.Shard), Math.Floor(share), Math.Ceiling(share));
            }
        }
    });

    [Fact]
    public void A_change_moves_exactly_the_fewest_layers() => ForAll(change =>
    {
        Assignment? before = null;
        foreach (var (assignment, shards) in Live(change))
        {
            if (before is not null)
                Assert.Equal(Rebalance.FewestMoves(before, shards), before.MovesTo(assignment).Length);
            before = assignment;
        }
    });

    [Fact]
    public void The_balance_check_agrees_with_the_algorithm() => ForAll(change =>
        Assert.All(Live(change), state => Assert.True(Rebalance.IsBalanced(state.Assignment, state.Shards))));

    [Fact]
    public void The_same_change_twice_moves_nothing() => ForAll(change =>
        Assert.All(Live(change), state => Assert.Equal(state.Assignment, Rebalance.Next(state.Assignment, state.Shards))));

    [Fact]
    public void The_same_history_gives_the_same_assignment() => ForAll(change =>
        Assert.Equal(Live(change).Select(s => s.Assignment), Live(change).Select(s => s.Assignment)));

    [Fact]
    public void The_fewest_moves_are_what_trying_every_balanced_assignment_finds()
    {
        IReadOnlyList<ShardWeight>[] lists =
        [
            [new(1)], [new(1), new(2)], [new(2), new(3)], [new(1), new(2), new(3)], [new(1, 3), new(2, 2)],
            [new(1, 5), new(2), new(3)], [new(1, 0), new(2), new(3, 2)], [new(3), new(4)],
        ];
        foreach (var layers in Enumerable.Range(1, 6).Select(count => new VirtualLayers(count)))
        foreach (var from in lists)
        foreach (var to in lists)
        {
            var current = Rebalance.First(layers, from);
            Assert.Equal(FewestByTrying(current, to), Rebalance.FewestMoves(current, to));
            Assert.Equal(FewestByTrying(current, to), current.MovesTo(Rebalance.Next(current, to)).Length);
        }
    }

    [Theory]
    [MemberData(nameof(ShardCounts))]
    public void Growing_by_one_shard_moves_only_what_the_new_shard_receives(int shards)
    {
        var before = Rebalance.First(new VirtualLayers(1024), Equal(shards));
        var after = Rebalance.Next(before, Equal(shards + 1));
        var moves = before.MovesTo(after);
        Assert.All(moves, move => Assert.Equal(shards + 1, move.To));
        Assert.Equal(1024 / (shards + 1), moves.Length);
    }

    [Fact]
    public void A_removed_shard_gives_up_its_layers_and_nobody_elses()
    {
        var before = Rebalance.First(new VirtualLayers(32), Equal(4));
        var after = Rebalance.Next(before, [new(1), new(3), new(4)]);
        Assert.All(before.MovesTo(after), move => Assert.Equal(2, move.From));
        Assert.Equal(8, before.MovesTo(after).Length);
    }

    [Fact]
    public void Weight_zero_empties_a_shard()
    {
        var before = Rebalance.First(new VirtualLayers(32), Equal(4));
        Assert.Empty(Rebalance.Next(before, [new(1), new(2, 0), new(3), new(4)]).LayersOf(2));
    }

    [Theory]
    [InlineData(32, new[] { 1, 1, 1, 1 })]
    [InlineData(32, new[] { 3, 1, 0, 4 })]
    [InlineData(6, new[] { 2, 1 })]
    public void The_first_assignment_keeps_rows_where_plain_sharding_put_them(int layers, int[] weights)
    {
        var slots = weights.SelectMany((weight, i) => Enumerable.Repeat(i + 1, weight)).ToArray();
        var assignment = Rebalance.First(new VirtualLayers(layers), weights.Select((weight, i) => new ShardWeight(i + 1, weight)));
        for (var id = 0; id < 1000; id++)
        {
            var key = RingKey.Of.Int64(id);
            Assert.Equal(slots[key.Hash % (ulong)slots.Length], assignment.ShardOf(key));
        }
    }

    [Fact]
    public void Impossible_shards_are_refused()
    {
        var layers = new VirtualLayers(32);
        Assert.Throws<ArgumentException>(() => Rebalance.First(layers, []));
        Assert.Throws<ArgumentException>(() => Rebalance.First(layers, [new(1, 0)]));
        Assert.Throws<ArgumentException>(() => Rebalance.First(layers, [new(1), new(1)]));
        Assert.Throws<ArgumentException>(() => Rebalance.First(layers, [new(0)]));
        Assert.Throws<ArgumentException>(() => Rebalance.First(layers, [new(1, -1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VirtualLayers(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VirtualLayers(VirtualLayers.Most + 1));
    }

    public static IEnumerable<TheoryDataRow<int>> ShardCounts() => Enumerable.Range(1, 64).Select(n => new TheoryDataRow<int>(n));

    private static ShardWeight[] Equal(int shards) => [.. Enumerable.Range(1, shards).Select(n => new ShardWeight(n))];

    private static void ForAll(Action<RingChange> holds) =>
        Prop.ForAll(RingChange.Arbitrary, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    private static IEnumerable<(Assignment Assignment, IReadOnlyList<ShardWeight> Shards)> Live(RingChange change)
    {
        var assignment = Rebalance.First(change.Layers, change.Steps[0]);
        yield return (assignment, change.Steps[0]);
        foreach (var shards in change.Steps.Skip(1))
            yield return (assignment = Rebalance.Next(assignment, shards), shards);
    }

    /// <summary>The oracle: every assignment there is, those that are balanced, the one nearest to the current.</summary>
    private static int FewestByTrying(Assignment current, IReadOnlyList<ShardWeight> shards)
    {
        var fewest = int.MaxValue;
        var choice = new int[current.Layers.Count];
        for (var code = 0; code < Math.Pow(shards.Count, choice.Length); code++)
        {
            for (int layer = 0, rest = code; layer < choice.Length; layer++, rest /= shards.Count)
                choice[layer] = shards[rest % shards.Count].Shard;
            var candidate = new Assignment(choice);
            if (Rebalance.IsBalanced(candidate, shards))
                fewest = Math.Min(fewest, current.MovesTo(candidate).Length);
        }

        return fewest;
    }
}
