using Millrace.Core.Planning;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class RingWordsTests
{
    private const string Bare = "Distributed('data', 'd', 'sharded_events')";
    private const string Two = "Distributed('data', 'd', 'sharded_events', [0, 1, 0, 1][(sipHash64(id, body) % 4) + 1])";
    private const string Three = "Distributed('data', 'd', 'sharded_events', [0, 1, 2, 1][(sipHash64(id, body) % 4) + 1])";

    [Theory]
    [InlineData(Two, Three, "1 of 4 layers of its ring go to another shard; stored rows stay where they are")]
    [InlineData(Two, Bare, "layers of its ring moved: queries ask all shards")]
    [InlineData(Bare, Two, "every row lies where its ring says: queries may skip shards")]
    [InlineData("Distributed('data', 'd', 'sharded_events', id)", Two, null)]
    [InlineData("Distributed('data', 'd', 'other')", Bare, null)]
    public void A_changed_ring_is_said_in_a_line(string observed, string wanted, string? words) => Assert.Equal(words, RingWords.Of(observed, wanted));
}
