using Millrace.ClickHouse.Http;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.UnitTests.ClickHouse;

public sealed class RetryPolicyTests
{
    private static readonly StatementOptions Harmless = new() { Idempotent = true };
    private static readonly StatementOptions Once = new() { Idempotent = false };

    [Fact]
    public void A_request_that_never_left_may_always_be_sent_again()
    {
        var error = new NodeUnreachableException("refused", mayHaveRun: false, isTransient: true);

        Assert.True(RetryPolicy.Allows(error, Once));
    }

    [Fact]
    public void A_lost_answer_is_asked_for_again_only_when_running_twice_is_harmless()
    {
        var error = new NodeUnreachableException("cut", mayHaveRun: true, isTransient: true);

        Assert.True(RetryPolicy.Allows(error, Harmless));
        Assert.False(RetryPolicy.Allows(error, Once));
    }

    [Theory]
    [InlineData(202, true, true)] // TOO_MANY_SIMULTANEOUS_QUERIES: turned away at the door
    [InlineData(241, true, false)] // MEMORY_LIMIT_EXCEEDED: may have done a part
    [InlineData(60, false, false)] // UNKNOWN_TABLE stays
    [InlineData(164, false, false)] // READONLY is a matter of grants
    [InlineData(516, false, false)] // a wrong password stays wrong
    public void Server_errors_are_retried_when_they_pass(int code, bool harmless, bool once)
    {
        var error = new ServerErrorException(code, "", "");

        Assert.Equal(harmless, RetryPolicy.Allows(error, Harmless));
        Assert.Equal(once, RetryPolicy.Allows(error, Once));
    }

    [Fact]
    public void Delays_double_up_to_a_limit_and_are_spread()
    {
        Assert.Equal(50, RetryPolicy.Delay(0, 0).TotalMilliseconds);
        Assert.Equal(100, RetryPolicy.Delay(0, 1).TotalMilliseconds);
        Assert.Equal(800, RetryPolicy.Delay(3, 1).TotalMilliseconds);
        Assert.Equal(5000, RetryPolicy.Delay(30, 1).TotalMilliseconds);
    }
}
