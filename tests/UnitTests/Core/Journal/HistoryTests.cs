using Millrace.Core.Journal;
using Millrace.Core.Locking;
using Xunit;

namespace Millrace.UnitTests.Core.Journal;

public sealed class HistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_entry_that_several_nodes_keep_is_one_and_the_outcome_wins_over_the_intent()
    {
        var history = History.Merge(
            [Apply("a", EntryOutcome.Done), Apply("a", EntryOutcome.Started)],
            [Entry("a", 1, EntryOutcome.Started), Entry("a", 1, EntryOutcome.Failed), Entry("a", 1, EntryOutcome.Failed)],
            holding: null, limit: 10);

        var apply = Assert.Single(history);
        Assert.Equal(EntryOutcome.Done, apply.Outcome);
        Assert.Equal(EntryOutcome.Failed, Assert.Single(apply.Entries).Outcome);
    }

    [Fact]
    public void An_apply_without_an_end_is_running_while_it_holds_the_lock_and_interrupted_afterwards()
    {
        var running = History.Merge([Apply("a", EntryOutcome.Started)], [Entry("a", 1, EntryOutcome.Started)], "a", 10)[0];
        var killed = History.Merge([Apply("a", EntryOutcome.Started)], [Entry("a", 1, EntryOutcome.Started)], "b", 10)[0];

        Assert.True(running.IsRunning);
        Assert.Equal(EntryOutcome.Started, running.Entries[0].Outcome);
        Assert.False(killed.IsRunning);
        Assert.Equal((EntryOutcome.Interrupted, EntryOutcome.Interrupted), (killed.Outcome, killed.Entries[0].Outcome));
    }

    [Fact]
    public void The_newest_applies_come_first_and_their_steps_in_the_order_of_the_plan()
    {
        var history = History.Merge(
            [Apply("20260101-1", EntryOutcome.Done), Apply("20260103-1", EntryOutcome.Done), Apply("20260102-1", EntryOutcome.Done)],
            [Entry("20260103-1", 2, EntryOutcome.Done), Entry("20260103-1", 1, EntryOutcome.Done)],
            holding: null, limit: 2);

        Assert.Equal(["20260103-1", "20260102-1"], history.Select(apply => apply.Info.Id));
        Assert.Equal([1, 2], history[0].Entries.Select(entry => entry.Step));
    }

    private static JournalApply Apply(string id, EntryOutcome outcome) => new(
        new ApplyInfo(id, "plan", "demo", new Holder("ada", "laptop", 7, "", "millrace apply"), "", false), outcome, "", 2, Noon, TimeSpan.Zero);

    private static JournalEntry Entry(string apply, int step, EntryOutcome outcome) => new(
        apply, step, "data-1", "data", "demo.t", "pipelines/t", "create", "expandstorage", "safe", "", "", outcome, 0, "", TimeSpan.Zero, Noon);
}
