using Millrace.Core.Findings;
using Xunit;

namespace Millrace.UnitTests.Core.Findings;

public sealed class DidYouMeanTests
{
    private static readonly string[] Keys = ["topic", "group", "broker", "partitions", "consumers"];

    [Theory]
    [InlineData("topik", "topic")]
    [InlineData("gruop", "group")]
    [InlineData("Broker", "broker")]
    [InlineData("partition", "partitions")]
    [InlineData("consmers", "consumers")]
    public void A_slip_of_the_pen_is_recognised(string written, string meant) => Assert.Equal(meant, DidYouMean.Suggest(written, Keys));

    [Theory]
    [InlineData("owner")]
    [InlineData("x")]
    [InlineData("")]
    public void A_different_word_is_not(string written) => Assert.Null(DidYouMean.Suggest(written, Keys));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_insertions_deletions_replacements_and_swaps(string a, string b, int distance) =>
        Assert.Equal(distance, DidYouMean.Distance(a, b));
}
