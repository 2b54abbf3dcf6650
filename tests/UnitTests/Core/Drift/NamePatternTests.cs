using Millrace.Core.Drift;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Drift;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("analytics.tmp_*", "analytics", "tmp_1", true)]
    [InlineData("analytics.tmp_*", "analytics", "tm_1", false)]
    [InlineData("*.tmp", "any", "tmp", true)]
    [InlineData("a.b", "a", "b", true)]
    [InlineData("a.b", "a", "bc", false)]
    [InlineData("a.*b*c", "a", "xxbyybzc", true)]
    [InlineData("a.*b*c", "a", "xxbyybz", false)]
    [InlineData("*.*", "a", "b", true)]
    [InlineData("a.b*", "a", "b", true)]
    public void A_star_stands_for_any_text(string pattern, string database, string name, bool matches) =>
        Assert.Equal(matches, NamePattern.Matches(pattern, new ObjectName(database, name)));

    [Fact]
    public void Many_stars_do_not_take_long() =>
        Assert.False(NamePattern.Matches(string.Concat(Enumerable.Repeat("*a", 200)) + "b", new ObjectName("a", new string('a', 20_000))));
}
