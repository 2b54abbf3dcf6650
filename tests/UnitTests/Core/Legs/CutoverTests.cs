using System.Collections.Immutable;
using Millrace.Core.Legs;
using Millrace.Core.Model;
using Xunit;

namespace Millrace.UnitTests.Core.Legs;

public sealed class CutoverTests
{
    private static readonly LegParity Parity = new("uuid", 100, 80, 40, 0, 0, []);

    private static readonly LegProgress Old = Leg("msk", "A", before: (500, 500), now: (500, 500));

    private static readonly LegProgress New = Leg("warpstream", "B", before: (300, 250), now: (400, 390));

    [Fact]
    public void A_finished_move_lets_the_old_leg_go()
    {
        var checks = Cutover.Walk(Old, New, Parity);
        Assert.All(checks, check => Assert.True(check.Holds));
        Assert.True(Cutover.MayDrop(checks));
        Assert.Equal("by uuid: 100 of msk and 80 of warpstream, 40 in both, none missing", checks[2].Evidence);
    }

    [Fact]
    public void Two_names_of_one_broker_are_no_move() =>
        Refused(1, "both are cluster A", Cutover.Walk(Old, New with { Now = New.Now with { ClusterId = "A" } }, null));

    [Fact]
    public void A_broker_that_does_not_tell_its_cluster_id_proves_nothing() =>
        Refused(1, "msk does not tell its cluster id", Cutover.Walk(Old with { Now = Old.Now with { ClusterId = null } }, New, null));

    [Fact]
    public void A_broker_that_does_not_answer_is_not_taken_for_an_empty_one() =>
        Refused(1, "msk: no answer", Cutover.Walk(Old with { Now = TopicProgress.Unknown("no answer") }, New, null));

    [Fact]
    public void A_new_leg_without_consumers_holds_the_old_one() =>
        Refused(2, "no consumer of warpstream holds a partition", Cutover.Walk(Old, New with { Assigned = 0 }, null));

    [Fact]
    public void A_new_leg_that_fails_holds_the_old_one() =>
        Refused(2, "a consumer of warpstream fails: ing-1: no", Cutover.Walk(Old, New with { LastError = "ing-1: no" }, null));

    [Fact]
    public void A_new_topic_that_was_never_written_to_holds_the_old_leg() =>
        Refused(2, "nothing was ever written to topic events there", Cutover.Walk(Old, Leg("warpstream", "B", (0, 0), (0, 0)), null));

    [Fact]
    public void A_partition_that_was_never_committed_holds_the_old_leg()
    {
        var progress = New.Now with { Partitions = [.. New.Now.Partitions, new(1, 0, 5, null)] };
        Refused(2, "1 of 2 partitions with messages were never committed", Cutover.Walk(Old, New with { Now = progress }, null));
    }

    [Fact]
    public void A_new_leg_that_stands_still_holds_the_old_one() =>
        Refused(2, "100 messages wait and none was stored in 10 s", Cutover.Walk(Old, Leg("warpstream", "B", (400, 300), (400, 300)), null));

    [Fact]
    public void An_event_that_is_not_in_the_data_table_holds_the_old_leg() =>
        Refused(3, "by uuid: 100 of msk and 80 of warpstream, 40 in both; missing 1 of msk and 2 of warpstream: x, y, z",
            Cutover.Walk(Old, New, Parity with { MissingOld = 1, MissingNew = 2, Examples = ["x", "y", "z"] }));

    [Fact]
    public void A_comparison_that_cannot_be_made_holds_the_old_leg_until_the_user_does_without()
    {
        Refused(3, "no id", Cutover.Walk(Old, New, LegParity.Unknown("no id")));
        Assert.True(Cutover.MayDrop(Cutover.Walk(Old, New, null)));
    }

    [Fact]
    public void A_producer_that_still_writes_to_the_old_broker_holds_the_old_leg() =>
        Refused(4, "3 messages in 10 s on msk", Cutover.Walk(Leg("msk", "A", (500, 500), (503, 503)), New, Parity));

    [Fact]
    public void Messages_that_the_old_leg_has_not_read_hold_it() =>
        Refused(5, "7 messages to go on msk", Cutover.Walk(Leg("msk", "A", (500, 490), (500, 493)), New, Parity));

    [Fact]
    public void What_comes_after_a_condition_that_does_not_hold_is_not_judged()
    {
        var checks = Cutover.Walk(Leg("msk", "A", (500, 490), (503, 493)), New, Parity);
        Assert.Equal([true, true, true, false, null], checks.Select(check => check.Holds));
        Assert.Equal("", checks[4].Evidence);
    }

    private static void Refused(int number, string evidence, ImmutableArray<CutoverCheck> checks)
    {
        var check = checks[number - 1];
        Assert.Equal((false, evidence), (check.Holds, check.Evidence));
        Assert.All(checks.Take(number - 1), c => Assert.True(c.Holds));
        Assert.All(checks.Skip(number), c => Assert.Null(c.Holds));
        Assert.False(Cutover.MayDrop(checks));
    }

    /// <param name="before">High and committed offset of its only partition.</param>
    /// <param name="now">The same, ten seconds later.</param>
    private static LegProgress Leg(string name, string cluster, (long High, long Committed) before, (long High, long Committed) now) => new(
        "events",
        new Leg { Name = name, Broker = name, Topic = "events", Group = "g" },
        new TopicProgress(cluster, [new PartitionProgress(0, 0, before.High, before.Committed)]),
        new TopicProgress(cluster, [new PartitionProgress(0, 0, now.High, now.Committed)]),
        TimeSpan.FromSeconds(10),
        Consumers: 2,
        Assigned: 1);
}
