using Millrace.Core.Compile;
using Xunit;

namespace Millrace.UnitTests.Core.Compile;

public sealed class AggregateCallTests
{
    [Theory]
    [InlineData("count()", "countState()")]
    [InlineData("sum(amount)", "sumState(amount)")]
    [InlineData(" uniq(user_id, team) ", "uniqState(user_id, team)")]
    [InlineData("quantileTDigest(0.95)(duration)", "quantileTDigestState(0.95)(duration)")]
    [InlineData("sumIf(amount, position(name, ')') > 0)", "sumIfState(amount, position(name, ')') > 0)")]
    [InlineData("max(if(a = '\\'', 1, b[1]))", "maxState(if(a = '\\'', 1, b[1]))")]
    public void One_call_has_a_state(string written, string state) => Assert.Equal(state, AggregateCall.Parse(written)?.State);

    [Theory]
    [InlineData("amount")]
    [InlineData("sum(a) / count()")]
    [InlineData("sum(a) + 1")]
    [InlineData("1 + sum(a)")]
    [InlineData("quantile(0.5)(a) * 2")]
    [InlineData("sum(a")]
    [InlineData("")]
    public void Anything_else_has_none(string written) => Assert.Null(AggregateCall.Parse(written));

    [Theory]
    [InlineData("count()", "countIf(x = 1)")]
    [InlineData("uniq(user_id, team)", "uniqIf(user_id, team, x = 1)")]
    [InlineData("uniqMerge(users)", "uniqMergeIf(users, x = 1)")]
    [InlineData("quantilesMerge(0.5, 0.9)(took)", "quantilesMergeIf(0.5, 0.9)(took, x = 1)")]
    [InlineData("uniqIf(user_id, team > 1)", null)]
    [InlineData("groupArray(DISTINCT user_id)", null)]
    public void A_call_can_be_limited_to_some_rows(string written, string? limited) => Assert.Equal(limited, AggregateCall.Parse(written)?.Where("x = 1"));
}
