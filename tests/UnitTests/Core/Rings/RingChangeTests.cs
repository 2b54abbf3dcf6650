using Millrace.Core.Rings;
using Millrace.HashRing;
using Xunit;

namespace Millrace.UnitTests.Core.Rings;

public sealed class RingChangeTests
{
    private static readonly RingLock Two = RingLock.Begin("main", new VirtualLayers(32), [new(1), new(2)], DateTimeOffset.UnixEpoch, "ann", "start");

    private static RingProposal Propose(RingChange change, RingLock? held = null) => change.On(held ?? Two) switch
    {
        (var proposal, null) => proposal!,
        var (_, fault) => throw new InvalidOperationException(fault),
    };

    [Fact]
    public void A_new_shard_takes_its_share_and_no_other_layer_moves()
    {
        var proposal = Propose(new RingChange { Add = [3] });
        Assert.Equal((10, 10), (proposal.Moves.Length, proposal.FewestMoves));
        Assert.All(proposal.Moves, move => Assert.Equal(3, move.To));
        Assert.Equal(10 / 32.0, proposal.KeysMoved);
    }

    [Fact]
    public void A_shard_that_leaves_gives_up_its_layers_and_no_other_moves()
    {
        var proposal = Propose(new RingChange { Remove = [2] });
        Assert.Equal(16, proposal.Moves.Length);
        Assert.All(proposal.Moves, move => Assert.Equal((2, 1), (move.From, move.To)));
    }

    [Fact]
    public void A_shard_may_come_with_a_weight_of_its_own()
    {
        var proposal = Propose(new RingChange { Add = [3], Weights = [new(3, 2)] });
        Assert.Equal(16, proposal.Assignment.LayersOf(3).Length);
    }

    [Fact]
    public void A_layer_moved_by_hand_stays_there_while_the_shards_stay()
    {
        var moved = Two.Next(Two.Current.Shards, Propose(new RingChange { Moves = [(0, 2)] }).Assignment, DateTimeOffset.UnixEpoch, "bob", "hot");
        var again = Propose(new RingChange { Moves = [(1, 1)] }, moved);
        Assert.Equal((2, 1), (again.Assignment.ShardOfLayer[0], again.Assignment.ShardOfLayer[1]));
        Assert.Equal(1, Assert.Single(again.Moves).Layer);
    }

    [Theory]
    [InlineData(2, 0, 0, "shard 2 is in the ring already")]
    [InlineData(0, 7, 0, "shard 7 is not in the ring, which has 1, 2")]
    [InlineData(0, 0, 9, "shard 9 is not in the ring, which has 1, 2")]
    public void What_cannot_be_is_said(int add, int remove, int weigh, string fault)
    {
        var change = new RingChange
        {
            Add = add > 0 ? [add] : [], Remove = remove > 0 ? [remove] : [], Weights = weigh > 0 ? [new(weigh, 2)] : [],
        };
        Assert.Equal((null, fault), change.On(Two));
    }

    [Fact]
    public void A_ring_without_any_weight_is_refused() =>
        Assert.Contains("nowhere", new RingChange { Weights = [new(1, 0), new(2, 0)] }.On(Two).Fault, StringComparison.Ordinal);

    [Fact]
    public void A_layer_that_is_not_there_or_has_nowhere_to_go_is_refused()
    {
        Assert.Contains("no layer 32", new RingChange { Moves = [(32, 1)] }.On(Two).Fault, StringComparison.Ordinal);
        Assert.Contains("cannot go to shard 3", new RingChange { Moves = [(0, 3)] }.On(Two).Fault, StringComparison.Ordinal);
    }
}
