using System.Text.Json.Nodes;
using Millrace.Bench.Running;
using Millrace.Cli;
using Millrace.Core.Model;
using Millrace.Engine.Specs;
using Millrace.HashRing;
using Millrace.IntegrationTests.Apply;
using Xunit;
using LiveFleet = Millrace.IntegrationTests.Apply.Streams;

namespace Millrace.IntegrationTests.Rings;

/// <summary>Old rows move to a new shard while people count and sum them, rows stream in, and the runner is killed again and again.</summary>
[Trait("Kind", "Proof")]
public sealed class RingRebalanceTests
{
    private const int Old = 3000;

    /// <summary>Ids of rows that are written past the ring.</summary>
    private const int Late = 1_000_000;

    private const string Switched = "Distributed.*_ring_after";

    private static readonly string[] Storage = ["data-1", "data-2", "data-3"];

    /// <summary>The runner dies right after the first statement that fits, in every phase; the next one goes on from there.</summary>
    private static readonly string[] Deaths =
    [
        "ATTACH PARTITION ALL FROM demo", "Distributed.*_ring_before", Switched, "RESET SETTING", "DELETE WHERE", "DROP TABLE IF EXISTS demo.*_ring_before",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_query_sees_a_row_twice_or_misses_one_while_rows_move_and_runners_die()
    {
        await using var streams = await GrownAsync();
        await using var watch = Watch(streams);
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var written = WriteAsync(streams, writing.Token);

        await IsTakenBackWholeAsync(streams);
        await FindsRowsPastTheRingAsync(streams);
        foreach (var death in Deaths)
        {
            await DieAsync(streams, death);
            if (death == Switched)
                await RefusesToApplyAsync(streams);
        }

        Assert.Contains("every row lies in its place", await RunAsync(streams, "ring", "rebalance", "main"), StringComparison.Ordinal);

        await writing.CancelAsync();
        var all = await written;
        foreach (var table in new[] { "mail", "hits" })
            await streams.Cluster.Http("data-2").AskUntilAsync($"SELECT count(), uniqExact(id) FROM demo.{table} WHERE id < {Late}", $"{all}\t{all}");
        Assert.Equal("50\t50", await streams.QueryAsync("data-2", $"SELECT count(), uniqExact(id) FROM demo.hits WHERE id >= {Late}"));
        Assert.Empty(watch.Wrong);
        Assert.True(watch.Answers > 30, $"{watch.Answers} answers");
        await IsSettledAsync(streams);
        await IsInTheJournalAsync(streams);
    }

    private static async Task IsTakenBackWholeAsync(LiveFleet streams)
    {
        var before = await PlacesAsync(streams);
        foreach (var death in new[] { "INSERT INTO millrace_ring", Switched })
        {
            await DieAsync(streams, death);
            Assert.Contains("taken back", await RunAsync(streams, "ring", "rebalance", "main", "--undo"), StringComparison.Ordinal);
            Assert.Equal(before, await PlacesAsync(streams));
        }
    }

    /// <summary>A row that is written past the ring while others move is neither lost nor hidden.</summary>
    private static async Task FindsRowsPastTheRingAsync(LiveFleet streams)
    {
        await DieAsync(streams, "ATTACH PARTITION ALL FROM millrace_ring");
        // Of layers that move away from there.
        await streams.QueryAsync("data-1", $"INSERT INTO demo.sharded_hits (id, customer, type) SELECT {Late} + number, number, 'late' FROM numbers(10000) WHERE sipHash64(toInt64(number), 'late') % 32 IN (22, 24) LIMIT 50");
        var stopped = await EndAsync(streams, null, "ring", "rebalance", "main");
        Assert.Equal(1, stopped.Exit);
        Assert.Contains("something writes past the ring", stopped.Errors, StringComparison.Ordinal);
        Assert.Equal("50", await streams.QueryAsync("data-2", $"SELECT count() FROM demo.hits WHERE id >= {Late}"));
    }

    /// <summary>Readers are not as declared, and putting them back would show rows twice.</summary>
    private static async Task RefusesToApplyAsync(LiveFleet streams)
    {
        var refused = await EndAsync(streams, null, "apply", "--yes");
        Assert.NotEqual(0, refused.Exit);
        Assert.Contains("are on their way", refused.Output + refused.Errors, StringComparison.Ordinal);
    }

    private static async Task DieAsync(LiveFleet streams, string death)
    {
        var (exit, output, errors) = await EndAsync(streams, $"kill@/{death}/", "ring", "rebalance", "main", "--layers-at-once", "10");
        Assert.True(exit > 100, $"exit {exit} instead of a death after {death}:\n{output}\n{errors}");
    }

    /// <summary>Two tables on a ring of two shards, with old rows; then a third shard gets its share of the layers.</summary>
    private static async Task<LiveFleet> GrownAsync()
    {
        var streams = await LiveFleet.UpAsync(LiveFleet.Spec(3, 1, "mail", "hits"), Cancel);
        var ring = new Ring { Name = "main", Cluster = "data", LockFile = Ring.DefaultLockFile("main") };
        File.AppendAllText(Path.Combine(streams.Folder, "fleet.yaml"), "rings: { main: { cluster: data } }\n");
        Declare(streams, "mail", "ReplacingMergeTree", "toYYYYMM(toDateTime(id))");
        Declare(streams, "hits", "MergeTree", "(sipHash64(customer, type) % 32, intDiv(id, 2000))");
        RingFile.Write(streams.Folder, ring, RingLock.Begin("main", new VirtualLayers(32), [new(1), new(2)], DateTimeOffset.UnixEpoch, "ann", "start"));
        await RunAsync(streams, "apply", "--yes");
        await InsertAsync(streams, 0, Old);
        await RunAsync(streams, "ring", "apply", "main", "--add-shard", "3");
        await RunAsync(streams, "apply", "--yes");
        return streams;
    }

    private static void Declare(LiveFleet streams, string table, string engine, string partition) => File.WriteAllText(
        Path.Combine(streams.Folder, "pipelines", $"{table}.yaml"),
        $$"""
        pipeline: {{table}}
        role: events
        columns: { id: UInt64, customer: Int64, type: LowCardinality(String) }
        legs: [{ broker: msk, topic: {{table}}, group: g_{{table}} }]
        into: { table: {{table}}, engine: {{engine}}, order_by: [customer, type, id], partition_by: "{{partition}}", shard_by: { ring: main, key: [customer, type] } }
        errors: { table: ingestion_errors }
        """);

    private static MoveWatch Watch(LiveFleet streams)
    {
        var right = $"{Old}\t{(long)Old * (Old - 1) / 2}\t{Old}";
        return new MoveWatch(
            Storage.Select(streams.Cluster.Http),
            [
                ($"SELECT count(), sum(id), uniqExact(id) FROM demo.mail WHERE id < {Old}", right),
                ($"SELECT count(), sum(id), uniqExact(id) FROM demo.mail FINAL WHERE id < {Old}", right),
                ($"SELECT count(), sum(id), uniqExact(id) FROM demo.hits WHERE id < {Old}", right),
            ]);
    }

    /// <returns>How many rows each table then has.</returns>
    private static async Task<int> WriteAsync(LiveFleet streams, CancellationToken stop)
    {
        var next = Old;
        for (; !stop.IsCancellationRequested; next += 20)
        {
            await InsertAsync(streams, next, 20, mixed: false);
            await Task.Delay(1000, CancellationToken.None); // Twenty rows are twenty parts where the table is partitioned by layer.
        }

        return next;
    }

    /// <param name="mixed">Rows of all keys, and so of all layers; otherwise of one, which makes fewer parts.</param>
    private static async Task InsertAsync(LiveFleet streams, int from, int rows, bool mixed = true)
    {
        var key = mixed ? "number" : $"{from / rows}";
        foreach (var table in new[] { "mail", "hits" })
            await streams.QueryAsync("events-1", $"INSERT INTO demo.writable_{table} (id, customer, type) SELECT number, {key} % 50, ['sent', 'delivered', 'opened'][1 + {key} % 3] FROM numbers({from}, {rows})");
    }

    private static async Task<string> PlacesAsync(LiveFleet streams) => string.Join('\n', await Task.WhenAll(Storage.Select(node => streams.QueryAsync(
        node,
        $"SELECT (SELECT (count(), sum(id)) FROM demo.sharded_mail FINAL WHERE id < {Old}), (SELECT (count(), sum(id)) FROM demo.sharded_hits WHERE id < {Old}), "
        + "(SELECT count() FROM system.tables WHERE database = 'millrace_ring' OR name LIKE '%\\\\_ring\\\\_%' AND database = 'demo')"))));

    private static async Task IsSettledAsync(LiveFleet streams)
    {
        await RunAsync(streams, "ring", "settle", "main");
        await RunAsync(streams, "apply", "--yes");
        Assert.Equal("1", await streams.QueryAsync(
            "data-1", "SELECT uniqExact(_shard_num) FROM demo.mail WHERE customer = 7 AND type = 'sent' SETTINGS optimize_skip_unused_shards = 1, force_optimize_skip_unused_shards = 2"));
        // Tables merge again.
        Assert.Equal("0", await streams.QueryAsync("data-3", "SELECT count() FROM system.tables WHERE database = 'demo' AND position(engine_full, 'max_bytes_to_merge') > 0"));
    }

    /// <summary>What was killed is there as interrupted, what was refused with its reason.</summary>
    private static async Task IsInTheJournalAsync(LiveFleet streams)
    {
        var rebalances = JsonNode.Parse(await RunAsync(streams, "history", "--json", "--limit", "100"))!.AsArray()
            .Where(apply => apply!["entries"]!.AsArray().Any(entry => (string?)entry!["owner"] == "rings/main")).ToList();
        Assert.InRange(rebalances.Count(apply => (string?)apply!["outcome"] == "interrupted"), Deaths.Length + 4, 100);
        Assert.Equal(3, rebalances.Count(apply => (string?)apply!["outcome"] == "done"));
        Assert.Contains(rebalances, apply => ((string?)apply!["error"])!.Contains("something writes past the ring", StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync(LiveFleet streams, params string[] arguments)
    {
        var (exit, output, errors) = await EndAsync(streams, null, arguments);
        Assert.True(exit == 0, $"{string.Join(' ', arguments)}: exit {exit}\n{output}\n{errors}");
        return output;
    }

    /// <summary>A runner that a starved machine keeps from renewing its lock stops, as if it were killed: the next goes on.</summary>
    private static async Task<(int Exit, string Output, string Errors)> EndAsync(LiveFleet streams, string? fault, params string[] arguments)
    {
        for (var tries = 0; ; tries++)
            if ((fault is null ? await MillraceInProcess.RunAsync(streams.Folder, arguments) : await CliRun.RunAsync(streams.Folder, fault, arguments)) is var run
                && (run.Exit != ExitCode.NodesFailed || tries == 5))
                return run;
    }
}
