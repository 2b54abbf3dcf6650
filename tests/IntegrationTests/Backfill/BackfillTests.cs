using Millrace.Bench.Backfill;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Engine;
using Xunit;

namespace Millrace.IntegrationTests.Backfill;

/// <summary>The bench's fleet and harness, small: a chain of three rollups over two shards while rows arrive.</summary>
[Trait("Kind", "Proof")]
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
        Assert.True(proof.WrongKeys == 0, proof.WrongInWords);
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
        await ExactAsync();
    }

    [Fact]
    public async Task A_range_of_time_is_refilled_and_the_rest_of_its_partitions_stays_while_rows_arrive()
    {
        await RunAsync("run", "hourly");
        foreach (var node in Fleet.Storage)
            await Fleet.ExecuteAsync(node, "ALTER TABLE fill.sharded_hourly DELETE WHERE hour >= '2024-01-30 06:00:00' AND hour < '2024-02-03 00:00:00' SETTINGS mutations_sync = 1", Cancel);
        // What is kept is not made again: it may be of rows that the source has no more.
        await Fleet.ExecuteAsync("data-1", "ALTER TABLE fill.sharded_hourly UPDATE amount = 1 WHERE hour = '2024-02-03 00:00:00' SETTINGS mutations_sync = 1", Cancel);
        Assert.Contains("202401", await RefusedAsync("verify", "hourly", "--since", "2024-01-30 06:00:00", "--until", "2024-02-03"), StringComparison.Ordinal);
        await using (new DirectLoad(Fleet, writers: 1, Gap).Start())
            await RunAsync("run", "hourly", "--since", "2024-01-30 06:00:00", "--until", "2024-02-03");
        await RunAsync("verify", "hourly", "--since", "2024-01-30 06:00:00", "--until", "2024-02-03");
        var wrong = await Fleet.WrongKeysInWordsAsync(Cancel);
        Assert.All(wrong.Split('\n'), line => Assert.StartsWith("data-1 hourly ('2024-02-03 00:00:00'", line, StringComparison.Ordinal));
        Assert.Equal(0, await Fleet.LeftoversAsync(Cancel));
        await RunAsync("run", "hourly", "--partition", "202402");
        await ExactAsync();
    }

    [Fact]
    public async Task A_time_that_cannot_be_read_or_that_nothing_belongs_to_is_refused()
    {
        Assert.Contains("2024-02-31x", await RefusedAsync("run", "hourly", "--since", "2024-02-31x"), StringComparison.Ordinal);
        Assert.Contains("with hour from 2030-01-01", await RefusedAsync("run", "hourly", "--since", "2030-01-01"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_the_rollup_remembers_does_not_end_without_the_users_word()
    {
        await RunAsync("run", "hourly");
        await Fleet.ExecuteAsync(
            "data-2",
            "INSERT INTO fill.sharded_daily SELECT toDate('2019-05-01') AS day, 7 AS team, countState(), sumSimpleState(toUInt64(1)), uniqState(toUInt64(1)), maxSimpleState(toUInt32(1))",
            Cancel);
        var refused = await RefusedAsync("run", "hourly");
        Assert.Contains("error: 2 keys would be lost", refused, StringComparison.Ordinal);
        Assert.Contains("data-2: fill.sharded_daily, partition 201905: 1, for example ('2019-05-01',7)", refused, StringComparison.Ordinal);
        await RunAsync("run", "hourly", "--since", "2024-01-02"); // Of this rollup only.
        await RunAsync("run", "hourly", "--allow-destroy", "hourly");
        await ExactAsync();
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
        await RunAsync("run", "hourly", "--allow-destroy", "hourly");
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
        await ExactAsync();
    }

    [Fact]
    public async Task A_shard_that_forgot_an_ended_backfill_because_its_node_is_new_does_not_hold_up_the_next()
    {
        await RunAsync("run", "hourly");
        await Fleet.ExecuteAsync("data-2", "TRUNCATE TABLE millrace.backfill", Cancel);
        Assert.EndsWith("error: no backfill is unfinished", (await RefusedAsync("resume")).Trim(), StringComparison.Ordinal);
        await RunAsync("run", "daily");
        await ExactAsync();
    }

    [Fact]
    public async Task Where_inserts_never_rest_the_time_of_arrival_divides_old_rows_from_live_ones()
    {
        await Fleet.ForgetAsync(Cancel);
        await using (new DirectLoad(Fleet, writers: 2, TimeSpan.Zero).Start())
            await RunAsync("run", "hourly", "--ingest-time", "arrived", "--margin", "3s");
        await ExactAsync();
        Assert.Equal(0, await Fleet.LeftoversAsync(Cancel));
    }

    /// <summary>A server that skips parts by their least and greatest values must not skip what is in the last second.</summary>
    [Theory]
    [InlineData("DateTime", "tuple()")]
    [InlineData("DateTime64(3)", "tuple()")]
    [InlineData("DateTime64(3)", "arrived")]
    [InlineData("DateTime64(6, 'Asia/Tokyo')", "tuple() PARTITION BY toYYYYMM(arrived)")]
    public async Task Rows_of_the_last_second_before_a_cut_by_time_of_arrival_are_old_ones_in_whichever_part(string type, string orderBy)
    {
        var table = new ObjectName("default", "arrivals");
        var job = new BackfillJob
        {
            Id = "bf", Project = "fill", Rollup = "hourly", Sources = [table], Watched = [table], Targets = [], Nodes = ["data-1"], Consumers = [],
            Limits = new BackfillLimits { Cut = CutMode.IngestTime, IngestColumn = "arrived" }, Created = DateTimeOffset.UnixEpoch,
        };
        var sql = new BackfillSql(job, new BackfillNames("bf", 1), instant: 1_700_000_000);
        await Fleet.ExecuteAsync("data-1", $"CREATE OR REPLACE TABLE {table} (arrived {type}) ENGINE = MergeTree ORDER BY {orderBy}", Cancel);
        foreach (var milliseconds in (long[])[1_699_999_999_001, 1_699_999_999_600, 1_700_000_000_000, 1_700_000_000_600])
            await Fleet.ExecuteAsync("data-1", $"INSERT INTO {table} SELECT fromUnixTimestamp64Milli({milliseconds})", Cancel);
        await Fleet.ExecuteAsync("data-1", $"OPTIMIZE TABLE {table} FINAL", Cancel);
        Assert.Equal(2, await Fleet.NumberAsync("data-1", $"SELECT count() FROM {table} WHERE {sql.OldRows}", Cancel));
        Assert.Equal(2, await Fleet.NumberAsync("data-1", $"SELECT count() FROM {table} WHERE {sql.LiveRows}", Cancel));
        await Fleet.ExecuteAsync("data-1", $"DROP TABLE {table} SYNC", Cancel);
    }

    [Fact]
    public async Task Inserts_that_met_the_exchange_halfway_are_put_right()
    {
        var (killed, _) = await Fleet.MillraceAsync("kill@/EXCHANGE TABLES/", null, Cancel, ["backfill", "run", "hourly", .. Patient]);
        Assert.True(killed);
        var node = await ExchangedNodeAsync();
        var job = await Fleet.TextAsync(node, "SELECT DISTINCT extract(name, '^(bf[0-9a-f]+_g[0-9]+)_new_') AS job FROM system.tables WHERE database = 'millrace_backfill' AND job != ''", Cancel);
        // One found the new table under both names, another the old one.
        var (live, shadow) = ("fill.monthly_mv", $"millrace_backfill.{job}_mv_monthly_mv");
        await InsertAsync(node, 7_000_000_000, without: shadow, twice: live, "fill.sharded_monthly");
        await InsertAsync(node, 7_000_100_000, without: live, twice: shadow, $"millrace_backfill.{job}_new_sharded_monthly");
        Assert.NotEqual(0, await Fleet.WrongKeysAsync(Cancel));
        var (_, text) = await Fleet.MillraceAsync(null, null, Cancel, "backfill", "resume");
        Assert.Contains("2 INSERTs that started in the instant of the exchange were put right", text, StringComparison.Ordinal);
        await ExactAsync();
        Assert.Equal(0, await Fleet.LeftoversAsync(Cancel));
    }

    /// <summary>The one whose tables have changed places; the runner was killed when the first had.</summary>
    private async Task<string> ExchangedNodeAsync()
    {
        foreach (var node in Fleet.Storage)
            if (await Fleet.NumberAsync(
                node,
                "SELECT toString(uuid) != (SELECT argMax(data, recorded_at) FROM millrace.backfill WHERE kind = 'target' AND key = 'fill.sharded_hourly') FROM system.tables WHERE database = 'fill' AND name = 'sharded_hourly'",
                Cancel) == 1)
                return node;
        throw new InvalidOperationException("no node has exchanged its tables");
    }

    /// <summary>An INSERT for which one view does not write where it should; what another writes comes twice.</summary>
    private async Task InsertAsync(string node, long firstId, string without, string twice, string target)
    {
        var select = await Fleet.TextAsync(node, $"SELECT as_select FROM system.tables WHERE concat(database, '.', name) = '{twice}' FORMAT TSVRaw", Cancel);
        await Fleet.ExecuteAsync(node, $"DETACH TABLE {without} SYNC", Cancel);
        await Fleet.ExecuteAsync(node, $"CREATE MATERIALIZED VIEW fill.halfway TO {target} AS {select}", Cancel);
        await Fleet.ExecuteAsync(
            node,
            $"INSERT INTO fill.sharded_events (id, body, time, team, user, amount, arrived, _topic, _partition, _offset, _timestamp) SELECT id, '', {BackfillFleet.Values}, now64(3), 'direct', 0, id, now() FROM (SELECT {firstId} + number AS id FROM numbers(60))",
            Cancel);
        await Fleet.ExecuteAsync(node, "DROP TABLE fill.halfway SYNC", Cancel);
        await Fleet.ExecuteAsync(node, $"ATTACH TABLE {without}", Cancel);
    }

    [Fact]
    public async Task Consumers_run_again_at_the_deadline_and_after_a_runner_died_while_they_were_stopped()
    {
        await using (new DirectLoad(Fleet, writers: 2, TimeSpan.Zero).Start())
            Assert.Contains("consumers: paused for", await RefusedAsync("run", "hourly", "--cut", "pause", "--pause", "600ms"), StringComparison.Ordinal);
        Assert.Equal(1, await ConsumersAsync());
        await RunAsync("cancel");
        var (killed, _) = await Fleet.MillraceAsync("kill@/DETACH TABLE/", null, Cancel, ["backfill", "run", "hourly", "--cut", "pause", .. Patient]);
        Assert.True(killed);
        Assert.Equal(0, await ConsumersAsync());
        Assert.Contains("CONSUMERS STOPPED since", (await Fleet.MillraceAsync(null, null, Cancel, "backfill", "status")).Text, StringComparison.Ordinal);
        await RunAsync("resume");
        Assert.Equal(1, await ConsumersAsync());
        await ExactAsync();
    }

    [Fact]
    public async Task Inserts_through_a_distributed_table_of_the_node_itself_are_seen_by_the_cut()
    {
        await Fleet.ForgetAsync(Cancel);
        await using (new DirectLoad(Fleet, writers: 1, Gap, "fill.events").Start())
            await RunAsync("run", "hourly");
        await ExactAsync();
    }

    private async Task ExactAsync()
    {
        if (await Fleet.WrongKeysAsync(Cancel) is > 0 and var wrong)
            Assert.Fail($"{wrong} keys are wrong, for example\n{await Fleet.WrongKeysInWordsAsync(Cancel)}");
    }

    private Task<long> ConsumersAsync() => Fleet.NumberAsync(Fleet.Ingestion, "SELECT count() FROM system.tables WHERE database = 'fill' AND engine = 'Kafka'", Cancel);

    /// <summary>A busy machine must not decide: cuts may take their time, except where the deadline itself is the matter.</summary>
    private Task RunAsync(params string[] words) => Fleet.MillraceAsync(
        null, null, Cancel, ["backfill", .. words, .. words[0] == "run" && !words.Contains("--pause") ? Patient : []]);

    private async Task<string> RefusedAsync(params string[] words) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(words))).Message;
}
