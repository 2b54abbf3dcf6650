using Millrace.Bench.Backfill;
using Millrace.Engine;
using Xunit;

namespace Millrace.IntegrationTests.Backfill;

/// <summary>Rollups that are declared, shared and changed while their source holds rows.</summary>
[Trait("Kind", "Proof")]
public sealed class ChangedRollupTests(BackfillFixture fixture) : IClassFixture<BackfillFixture>
{
    private BackfillFleet Fleet => fixture.Fleet;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_views_into_one_target_are_filled_together_and_anew_once_one_was_fixed()
    {
        Declare("big", "amount > 500");
        Declare("small", "amount < 500");
        Assert.Contains("millrace backfill run big", await MillraceAsync("apply", "--yes"), StringComparison.Ordinal);
        await MillraceAsync("backfill", "run", "big");
        Assert.Equal(0, await WrongAsync("amount != 500"));
        Declare("big", "amount >= 500");
        await MillraceAsync("apply", "--yes");
        Assert.NotEqual(0, await WrongAsync("1"));
        await MillraceAsync("backfill", "run", "small");
        Assert.Equal(0, await WrongAsync("1"));
        Assert.Contains("every key", await MillraceAsync("backfill", "verify", "big"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Nothing to do", await MillraceAsync("plan"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_rollup_that_is_changed_while_it_is_rebuilt_is_not_shown_as_it_was()
    {
        var (killed, _) = await Fleet.MillraceAsync("kill@/'shard'.*'Staged'/", null, Cancel, "backfill", "run", "monthly");
        Assert.True(killed);
        await Fleet.ExecuteAsync("data-1", "ALTER TABLE fill.sharded_monthly ADD COLUMN note String", Cancel);
        var refused = await Assert.ThrowsAsync<UserErrorException>(() => MillraceAsync("backfill", "resume"));
        Assert.Contains("was changed since", refused.Message, StringComparison.Ordinal);
        await Fleet.ExecuteAsync("data-1", "ALTER TABLE fill.sharded_monthly DROP COLUMN note", Cancel);
        await MillraceAsync("backfill", "resume");
        Assert.Equal(0, await Fleet.LeftoversAsync(Cancel));
    }

    private void Declare(string name, string where) => Fleet.DeclareRollup(name, $$"""
        from: events
        where: {{where}}
        group_by: { day: toDate(time), team: team }
        aggregates: { events: count(), amount: sum(amount) }
        into: { table: usage, partition_by: toYYYYMM(day) }
        """);

    private Task<long> WrongAsync(string where) => Fleet.SumAsync(
        $"SELECT ((SELECT (count(), sum(amount)) FROM fill.sharded_events WHERE {where}) != (SELECT (countMerge(events), sum(amount)) FROM fill.sharded_usage))::UInt8", Cancel);

    private async Task<string> MillraceAsync(params string[] words) => (await Fleet.MillraceAsync(null, null, Cancel, words)).Text;
}
