using Millrace.Bench.Backfill;
using Millrace.Engine;
using Xunit;

namespace Millrace.IntegrationTests.Backfill;

/// <summary>The bench's fleet and harness, small: a chain of three rollups over two shards while rows arrive.</summary>
public sealed class BackfillTests(BackfillFixture fixture) : IClassFixture<BackfillFixture>
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(150);

    private static readonly string[] Patient = ["--pause", "120s"];

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
    public async Task A_damaged_partition_is_found_and_repaired_alone_while_rows_of_all_partitions_arrive()
    {
        await RunAsync("run", "hourly");
        await Fleet.ExecuteAsync("data-1", "ALTER TABLE fill.sharded_hourly DROP PARTITION 202402", Cancel);
        Assert.Contains("202402", await RefusedAsync("verify", "hourly"), StringComparison.Ordinal);
        await using (new DirectLoad(Fleet, writers: 1, Gap).Start())
            await RunAsync("run", "hourly", "--partition", "202402");
        Assert.Equal(0, await Fleet.WrongKeysAsync(Cancel));
    }

    [Fact]
    public async Task A_partition_that_is_nowhere_is_refused() =>
        Assert.Contains("there are 202401", await RefusedAsync("run", "hourly", "--partition", "2024-02"), StringComparison.Ordinal);

    [Fact]
    public async Task A_single_key_that_is_wrong_is_named_by_verify_which_leaves_nothing()
    {
        await RunAsync("run", "hourly");
        await Fleet.ExecuteAsync(
            "data-2",
            "INSERT INTO fill.sharded_hourly SELECT toDateTime('2024-02-04 12:00:00', 'UTC') AS hour, 34 AS team, countState(), sumSimpleState(toUInt64(0)), uniqState(toUInt64(123456789)), maxSimpleState(toUInt32(0))",
            Cancel);
        var found = await RefusedAsync("verify", "hourly");
        Assert.Matches("fill.sharded_hourly +202402 +[0-9,]+ +1 ", found);
        Assert.Contains("data-2: fill.sharded_hourly: for example ('2024-02-04 12:00:00',34)", found, StringComparison.Ordinal);
        Assert.Equal(0, await Fleet.LeftoversAsync(Cancel));
        await RunAsync("run", "hourly");
    }

    [Fact]
    public async Task A_backfill_that_is_unfinished_is_not_run_over_and_cancelling_leaves_nothing()
    {
        await RunAsync("run", "hourly");
        var (killed, _) = await Fleet.MillraceAsync("kill@/'unit'.*'Publishing'/", null, Cancel, ["backfill", "run", "hourly", .. Patient]);
        Assert.True(killed);
        Assert.Contains("millrace backfill resume bf", await RefusedAsync("run", "daily"), StringComparison.Ordinal);
        Assert.Contains("nobody runs it", (await Fleet.MillraceAsync(null, null, Cancel, "backfill", "status")).Text, StringComparison.Ordinal);
        await RunAsync("cancel");
        Assert.Equal(0, await Fleet.LeftoversAsync(Cancel));
        Assert.Equal(0, await Fleet.WrongKeysAsync(Cancel));
    }

    [Fact]
    public async Task Where_inserts_never_rest_the_time_of_arrival_divides_old_rows_from_live_ones()
    {
        await Fleet.ForgetAsync(Cancel);
        await using (new DirectLoad(Fleet, writers: 2, TimeSpan.Zero).Start())
            await RunWithLongerMarginsAsync("3s", "6s", "12s");
        Assert.Equal(0, await Fleet.WrongKeysAsync(Cancel));
        Assert.Equal(0, await Fleet.LeftoversAsync(Cancel));
    }

    [Fact]
    public async Task Consumers_run_again_at_the_deadline_and_after_a_runner_died_while_they_were_stopped()
    {
        await using (new DirectLoad(Fleet, writers: 2, TimeSpan.Zero).Start())
            Assert.Contains("consumers: paused for", await RefusedAsync("run", "hourly", "--cut", "pause", "--pause", "600ms"), StringComparison.Ordinal);
        Assert.Equal(1, await ConsumersAsync());
        var (killed, _) = await Fleet.MillraceAsync("kill@/DETACH TABLE/", null, Cancel, "backfill", "resume");
        Assert.True(killed);
        Assert.Equal(0, await ConsumersAsync());
        Assert.Contains("CONSUMERS STOPPED since", (await Fleet.MillraceAsync(null, null, Cancel, "backfill", "status")).Text, StringComparison.Ordinal);
        await RunAsync("resume");
        Assert.Equal(1, await ConsumersAsync());
        Assert.Equal(0, await Fleet.WrongKeysAsync(Cancel));
    }

    [Fact]
    public async Task Inserts_through_a_distributed_table_of_the_node_itself_are_seen_by_the_cut()
    {
        await Fleet.ForgetAsync(Cancel);
        await using (new DirectLoad(Fleet, writers: 1, Gap, "fill.events").Start())
            await RunAsync("run", "hourly");
        Assert.Equal(0, await Fleet.WrongKeysAsync(Cancel));
    }

    /// <summary>Rows that come later than the margin are refused, with the advice to cancel and to take a longer one: a busy machine may need it.</summary>
    private async Task RunWithLongerMarginsAsync(params string[] margins)
    {
        foreach (var margin in margins)
        {
            try
            {
                await RunAsync("run", "hourly", "--ingest-time", "arrived", "--margin", margin);
                return;
            }
            catch (UserErrorException late) when (margin != margins[^1] && late.Message.Contains("readers keep the old tables", StringComparison.Ordinal))
            {
                await RunAsync("cancel");
            }
        }
    }

    private Task<long> ConsumersAsync() => Fleet.NumberAsync(Fleet.Ingestion, "SELECT count() FROM system.tables WHERE database = 'fill' AND engine = 'Kafka'", Cancel);

    /// <summary>A busy machine must not decide: cuts may take their time, except where the deadline itself is the matter.</summary>
    private Task RunAsync(params string[] words) => Fleet.MillraceAsync(
        null, null, Cancel, ["backfill", .. words, .. words[0] == "run" && !words.Contains("--pause") ? Patient : []]);

    private async Task<string> RefusedAsync(params string[] words) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(words))).Message;
}
