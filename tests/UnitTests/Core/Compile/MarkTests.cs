using Millrace.Core.Compile;
using Xunit;

namespace Millrace.UnitTests.Core.Compile;

public sealed class MarkTests
{
    [Fact]
    public void A_mark_is_found_behind_a_comment_of_the_user() =>
        Assert.Equal(new Mark("demo", "schema/extra"), Mark.Read($"orders of the shop {new Mark("demo", "schema/extra")}"));

    [Theory]
    [InlineData("")]
    [InlineData("grown by hand")]
    [InlineData("millrace:")]
    [InlineData("millrace:only-a-project")]
    public void A_comment_without_a_whole_mark_has_none(string comment) => Assert.Null(Mark.Read(comment));
}
