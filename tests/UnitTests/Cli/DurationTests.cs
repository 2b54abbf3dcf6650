using Millrace.Cli.Output;
using Millrace.Engine;
using Xunit;

namespace Millrace.UnitTests.Cli;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("60s", 60)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("7d", 604800)]
    public void A_time_is_a_number_and_a_unit(string text, double seconds) => Assert.Equal(seconds, Duration.Parse(text).TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("60")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("99999999999d")]
    public void Anything_else_is_refused(string text) => Assert.Throws<UserErrorException>(() => Duration.Parse(text));
}
