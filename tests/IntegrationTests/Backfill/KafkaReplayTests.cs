using Millrace.Bench.Backfill;
using Millrace.Engine;
using Xunit;

namespace Millrace.IntegrationTests.Backfill;

/// <summary>A stream whose storage keeps less than its topic: old rows are read from Kafka again.</summary>
[Trait("Kind", "Proof")]
public sealed class KafkaReplayTests(BackfillFixture fixture) : IClassFixture<BackfillFixture>
{
    private BackfillFleet Fleet => fixture.Fleet;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_whose_rows_are_gone_are_in_the_rollup_and_those_that_go_on_arriving_are_in_it_once()
    {
        var lacking = await Assert.ThrowsAsync<UserErrorException>(() => MillraceAsync(null, "run", "hourly", "--from", "kafka"));
        Assert.Contains("rows that no topic has any more", lacking.Message, StringComparison.Ordinal);
        Fleet.Flow();
        while (await Fleet.LiveRowsAsync(Cancel) < 400)
            await Task.Delay(50, Cancel);
        await Fleet.ExpireAsync(messagesPerPartition: 60, Cancel);
        // Rows that were there before the stream are gone from storage, and no topic ever had them.
        var losing = await Assert.ThrowsAsync<UserErrorException>(() => MillraceAsync(null, "run", "hourly", "--from", "kafka", "--pause", "120s"));
        Assert.Contains("keys of fill.sharded_hourly would be lost, for example", losing.Message, StringComparison.Ordinal);
        await MillraceAsync(null, "cancel");
        Assert.True(await MillraceAsync("kill@/'replay'.*'begun'/", "run", "hourly", "--from", "kafka", "--pause", "120s", "--allow-destroy", "hourly"));
        await MillraceAsync(null, "resume");
        await Fleet.RestAsync(Cancel);
        Assert.Equal(0, await WrongKeysAsync());
        Assert.Equal(0, await Fleet.LeftoversAsync(Cancel));
        Assert.Equal(0, await Fleet.NumberAsync(Fleet.Ingestion, "SELECT count() FROM system.tables WHERE database = 'millrace_backfill'", Cancel));
    }

    /// <summary>
    /// Against what the messages were, not what storage has of them. A commit that fails on a busy machine makes the live group
    /// deliver a block again: rows that storage has twice may be counted twice, and no others.
    /// </summary>
    private Task<long> WrongKeysAsync() => Fleet.NumberAsync(
        "data-1",
        $"""
         SELECT count() FROM
         (
           SELECT day, team, sumIf(n, side = 'sent') AS sent, sumIf(n, side = 'rollup') AS found, sumIf(n, side = 'again') AS again,
             groupUniqArrayIf((amounts, users), side != 'again') AS values
           FROM
           (
             SELECT 'sent' AS side, toDate(time) AS day, team, count() AS n, sum(amount) AS amounts, uniq(user) AS users
             FROM (SELECT id, {BackfillFleet.Values} FROM (SELECT number AS id FROM numbers({Fleet.Sent}))) GROUP BY day, team
             UNION ALL
             SELECT 'rollup', day, team, countMerge(events), sum(amount), uniqMerge(users) FROM fill.distributed_daily GROUP BY day, team
             UNION ALL
             SELECT 'again', toDate(time), team, toUInt64(count() - uniqExact(_topic, _partition, _offset)), 0, 0 FROM fill.events GROUP BY ALL
           )
           GROUP BY day, team
         )
         WHERE found < sent OR found > sent + again OR again = 0 AND length(values) > 1
         """,
        Cancel);

    private async Task<bool> MillraceAsync(string? fault, params string[] words) =>
        (await Fleet.MillraceAsync(fault, null, Cancel, ["backfill", .. words])).Killed;
}
