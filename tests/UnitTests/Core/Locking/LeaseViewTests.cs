using Millrace.Core.Locking;
using Xunit;

namespace Millrace.UnitTests.Core.Locking;

public sealed class LeaseViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly LeaseState State = new(
        "token", "apply", new Holder("ada", "laptop", 7, "boot/7/1", "millrace apply 'x'"), Noon, Noon.AddSeconds(15));

    [Fact]
    public void The_highest_generation_counts_and_the_others_can_be_forgotten()
    {
        var view = LeaseView.Of(Noon, [(9, State.ToJson()), (10, (State with { Token = "new" }).ToJson()), (2, State.ToJson())]);
        Assert.Equal((10, "new"), (view.Generation, view.State!.Token));
        Assert.Equal([2, 9], view.Older.ToArray());
    }

    [Fact]
    public void A_lock_is_free_when_it_was_never_taken_was_given_back_or_has_ended()
    {
        Assert.Null(LeaseView.Of(Noon, []).Live);
        Assert.Null(LeaseView.Of(Noon, [(1, (State with { Released = true }).ToJson())]).Live);
        Assert.Null(LeaseView.Of(State.Until, [(1, State.ToJson())]).Live);
        Assert.Equal(State, LeaseView.Of(State.Until.AddMilliseconds(-1), [(1, State.ToJson())]).Live);
    }

    [Fact]
    public void What_somebody_else_wrote_is_no_lease() => Assert.Throws<FormatException>(() => LeaseState.Parse("a comment"));
}
