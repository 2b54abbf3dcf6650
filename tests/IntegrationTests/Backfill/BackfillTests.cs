using Millrace.Bench.Backfill;
using Xunit;

namespace Millrace.IntegrationTests.Backfill;

/// <summary>The bench's fleet and harness, small: a chain of three rollups over two shards while a stream runs.</summary>
public sealed class BackfillTests(BackfillFixture fixture) : IClassFixture<BackfillFixture>
{
    private BackfillFleet Fleet => fixture.Fleet;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backfill_that_crashes_and_is_resumed_is_exact()
    {
        Fleet.Flow();
        var proof = new BackfillProof(Fleet, TextWriter.Null);
        await proof.RunAsync(seed: 3, Cancel); // Around publishing, which is what must not happen twice.
        await Fleet.RestAsync(Cancel);
        Assert.True(proof.Crashes >= 4);
        Assert.Equal(0, proof.WrongKeys);
        Assert.Equal(0, proof.Leftovers);
    }

    [Fact]
    public async Task A_damaged_partition_is_found_and_repaired_alone()
    {
        await Fleet.MillraceAsync(null, null, Cancel, "backfill", "run", "hourly");
        await Fleet.ExecuteAsync("data-1", "ALTER TABLE fill.sharded_hourly DROP PARTITION 202402", Cancel);
        var found = await Assert.ThrowsAsync<Millrace.Engine.UserErrorException>(
            () => Fleet.MillraceAsync(null, null, Cancel, "backfill", "verify", "hourly"));
        Assert.Contains("202402", found.Message, StringComparison.Ordinal);
        await Fleet.MillraceAsync(null, null, Cancel, "backfill", "run", "hourly", "--partition", "202402");
        Assert.Equal(0, await Fleet.WrongKeysAsync(Cancel));
    }

    [Fact]
    public async Task A_cancelled_backfill_leaves_nothing_and_readers_what_they_had()
    {
        await Fleet.MillraceAsync(null, null, Cancel, "backfill", "run", "hourly");
        var (killed, _) = await Fleet.MillraceAsync("kill@/'unit'.*'Publishing'/", null, Cancel, "backfill", "run", "hourly");
        Assert.True(killed);
        await Fleet.MillraceAsync(null, null, Cancel, "backfill", "cancel");
        Assert.Equal(0, await Fleet.LeftoversAsync(Cancel));
        Assert.Equal(0, await Fleet.WrongKeysAsync(Cancel));
    }
}
