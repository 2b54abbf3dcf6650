using Millrace.HashRing;
using Xunit;

namespace Millrace.UnitTests.HashRing;

public sealed class AssignmentTests
{
    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1)]
    public void A_layer_is_the_hash_modulo_the_number_of_layers(int layers)
    {
        for (var i = 0; i < 1000; i++)
            Assert.Equal(
                (int)(RingKey.Of.Int32(i).Hash % (ulong)layers), new VirtualLayers(layers).LayerOf(RingKey.Of.Int32(i)));
    }

    [Fact]
    public void A_key_goes_to_the_shard_of_its_layer()
    {
        var assignment = new Assignment([7, 3, 7, 5]);
        var key = RingKey.Of.String("a");
        Assert.Equal(assignment.ShardOfLayer[(int)(key.Hash % 4)], assignment.ShardOf(key));
        Assert.Equal(assignment.ShardOf(key), assignment.ShardOf(key.Hash));
        Assert.Equal([0, 2], assignment.LayersOf(7));
        Assert.Empty(assignment.LayersOf(1));
    }

    [Fact]
    public void Moves_name_layer_and_both_shards() =>
        Assert.Equal([new LayerMove(1, 3, 4)], new Assignment([7, 3, 7]).MovesTo(new Assignment([7, 4, 7])));

    [Fact]
    public void The_number_of_layers_cannot_change() =>
        Assert.Throws<ArgumentException>(() => new Assignment([1, 2]).MovesTo(new Assignment([1, 2, 3])));

    [Fact]
    public void Assignments_are_equal_when_their_layers_are()
    {
        Assert.Equal(new Assignment([1, 2]), new Assignment([1, 2]));
        Assert.Equal(new Assignment([1, 2]).GetHashCode(), new Assignment([1, 2]).GetHashCode());
        Assert.NotEqual(new Assignment([1, 2]), new Assignment([2, 1]));
    }
}
