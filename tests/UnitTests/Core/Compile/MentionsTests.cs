using Millrace.Core.Compile;
using Xunit;

namespace Millrace.UnitTests.Core.Compile;

public sealed class MentionsTests
{
    private static readonly Mentions Chain = new(
        [("a", "VIEW a TO b AS SELECT 1"), ("b", "TABLE b"), ("c", "VIEW c AS SELECT * FROM b"), ("d", "TABLE d"), ("e", "VIEW e FROM c")]);

    [Fact]
    public void An_object_needs_what_it_mentions_however_indirectly() => Assert.Equal(["b", "c", "e"], Chain.Needed("e"));

    [Fact]
    public void Connected_is_also_who_mentions_it() => Assert.Equal(["a", "b", "c", "e"], Chain.Connected("b"));

    [Fact]
    public void A_name_within_a_longer_word_is_no_mention() =>
        Assert.Equal(["x"], new Mentions([("events", "TABLE events"), ("x", "VIEW x AS SELECT * FROM sharded_events_2")]).Needed("x"));

    [Theory]
    [InlineData("it's `odd`", """VIEW x AS SELECT * FROM `it\'s \`odd\``""")]
    [InlineData("two words", "VIEW x AS SELECT * FROM `two words`")]
    [InlineData("-", "VIEW x AS SELECT * FROM `-`")]
    public void Names_that_must_be_quoted_are_found_too(string name, string text) =>
        Assert.Contains(name, new Mentions([(name, "TABLE"), ("x", text)]).Needed("x"));
}
