using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Millrace.HashRing;
using Xunit;

namespace Millrace.UnitTests.HashRing;

public sealed class RingLockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly RingLock Two = RingLock.Begin("main", new VirtualLayers(6), [new(1), new(2)], Noon, "ann", "start");

    private static readonly RingLock Three =
        Two.Next([new(1), new(2), new(3)], Noon.AddHours(1), "bob", "\"more\" room für 🎈");

    [Fact]
    public void The_file_reads_like_this() => Assert.Equal(
        """
        {
          "format": 1,
          "ring": "main",
          "layers": 6,
          "rows_since": 1,
          "epochs": [
            {
              "epoch": 2,
              "at": "2026-03-04T13:00:00Z",
              "by": "bob",
              "why": "\"more\" room für 🎈",
              "shards": [
                { "shard": 1, "weight": 1, "layers": [0, 2] },
                { "shard": 2, "weight": 1, "layers": [1, 3] },
                { "shard": 3, "weight": 1, "layers": [4, 5] }
              ]
            },
            {
              "epoch": 1,
              "at": "2026-03-04T12:00:00Z",
              "by": "ann",
              "why": "start",
              "shards": [
                { "shard": 1, "weight": 1, "layers": [0, 2, 4] },
                { "shard": 2, "weight": 1, "layers": [1, 3, 5] }
              ]
            }
          ]
        }

        """.ReplaceLineEndings("\n").Replace("🎈", "\\uD83C\\uDF88", StringComparison.Ordinal),
        RingLockJson.Render(Three));

    [Fact]
    public void What_was_written_reads_back_the_same() =>
        Prop.ForAll(RingChange.Arbitrary, change =>
        {
            var ring = RingLock.Begin("r", change.Layers, [.. change.Steps[0]], Noon, "a", "b");
            ring = change.Steps.Skip(1).Aggregate(ring, (r, shards) => r.Next([.. shards], Noon, "c\n", "\\"));
            var text = RingLockJson.Render(ring);
            Assert.Equal(text, RingLockJson.Render(RingLockJson.Parse(text)));
            Assert.Equal(ring.Current.Assignment, RingLockJson.Parse(text).Current.Assignment);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void Every_field_survives_the_file()
    {
        var read = RingLockJson.Parse(RingLockJson.Render(Three.WithRowsInPlace()));
        Assert.Equal(("main", 2, 2), (read.Ring, read.RowsSince, read.Epochs.Length));
        Assert.Equal((2, Noon.AddHours(1), "bob"), (read.Current.Number, read.Current.At, read.Current.By));
        Assert.Equal(Three.Current.Why, read.Current.Why);
        Assert.Equal(Three.Current.Shards, read.Current.Shards);
        Assert.Equal(Two.Current.Assignment, read.Epochs[0].Assignment);
    }

    [Theory]
    [InlineData("\"layers\": 6", "\"layers\": 7", "epochs[1].shards: layer 6 has no shard")]
    [InlineData("\"layers\": 6", "\"layers\": 0", "layers: 0 is not within 1 to 16384")]
    [InlineData("\"format\": 1", "\"format\": 9", "format: 9 is not known")]
    [InlineData("\"rows_since\": 1", "\"rows_since\": 3", "rows_since: epoch 3 is not within 0 to 2")]
    [InlineData("\"ring\": \"main\"", "\"ring\": 1", "ring: expected a text")]
    [InlineData("\"ring\"", "\"rign\"", "unknown name \"rign\"")]
    [InlineData("[4, 5]", "[4, 4]", "epochs[0].shards[2].layers: layer 4 is also on shard 3")]
    [InlineData("[4, 5]", "[4, 6]", "epochs[0].shards[2].layers: 6 is not a layer; they are numbered 0 to 5")]
    [InlineData("[4, 5]", "[4]", "epochs[0].shards: layer 5 has no shard")]
    [InlineData("\"shard\": 3", "\"shard\": 2", "epochs[0].shards: Shard 2 is listed twice.")]
    [InlineData("\"shard\": 3", "\"shard\": 0", "epochs[0].shards[2].shard: shards are numbered from 1")]
    [InlineData("\"epoch\": 2", "\"epoch\": 1", "epochs[0].epoch: 1 stands where 2 belongs")]
    [InlineData("T13:", "T1:", "epochs[0].at: \"2026-03-04T1:00:00Z\" is not a moment")]
    [InlineData("\"by\": \"bob\"", "\"by\": \"bob\", \"by\": \"eve\"", "not JSON")]
    [InlineData("]", "", "not JSON")]
    public void A_broken_file_is_refused_with_the_place(string part, string instead, string message)
    {
        var text = RingLockJson.Render(Three).Replace(part, instead, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<RingLockFormatException>(() => RingLockJson.Parse(text)).Message);
    }

    [Fact]
    public void Pruning_is_true_until_a_layer_moves_and_again_when_the_rows_have_followed()
    {
        Assert.True(Two.PruningIsTrue);
        Assert.True(Two.Next([new(1), new(2)], Noon, "a", "nothing moves").PruningIsTrue);
        Assert.False(Three.PruningIsTrue);
        Assert.True(Three.WithRowsInPlace().PruningIsTrue);
        Assert.False((Two with { RowsSince = 0 }).PruningIsTrue);
    }

    [Fact]
    public void There_and_back_is_still_not_true_for_rows_written_in_between() =>
        Assert.False(Three.Next([new(1), new(2)], Two.Current.Assignment, Noon, "a", "back").PruningIsTrue);

    [Fact]
    public void A_chosen_assignment_must_use_listed_shards() =>
        Assert.Throws<ArgumentException>(() => Two.Next([new(1)], new Assignment([1, 1, 1, 1, 1, 9]), Noon, "a", "b"));
}
