using Millrace.Core.Backfill;
using Xunit;

namespace Millrace.UnitTests.Core.Backfill;

public sealed class BackfillJobTests
{
    private static readonly ShardPhase?[] DoesNotAnswer = [ShardPhase.Cleaned, null];

    [Theory]
    [InlineData(ShardPhase.Planned, ShardPhase.Planned)]
    [InlineData(ShardPhase.Staged, ShardPhase.Planned)]
    [InlineData(ShardPhase.Cleaned, ShardPhase.Swapped)]
    [InlineData(ShardPhase.Cancelled, ShardPhase.Cut)]
    public void A_job_is_open_while_a_node_may_hold_something_of_it(ShardPhase one, ShardPhase other) =>
        Assert.True(BackfillJob.IsOpen([one, other]));

    [Fact]
    public void Of_a_node_that_does_not_answer_nobody_knows() => Assert.True(BackfillJob.IsOpen(DoesNotAnswer));

    [Theory]
    [InlineData(ShardPhase.Cleaned, ShardPhase.Cleaned)]
    [InlineData(ShardPhase.Cancelled, ShardPhase.Planned)]
    [InlineData(ShardPhase.Cleaned, ShardPhase.Planned)]
    public void A_node_that_knows_nothing_of_an_ended_job_holds_nothing_of_it(ShardPhase one, ShardPhase other) =>
        Assert.False(BackfillJob.IsOpen([one, other]));
}
