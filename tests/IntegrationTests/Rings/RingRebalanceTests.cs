using System.Text.Json.Nodes;
using Millrace.Core.Model;
using Millrace.Engine.Specs;
using Millrace.HashRing;
using Millrace.IntegrationTests.Apply;
using Xunit;
using LiveFleet = Millrace.IntegrationTests.Apply.Streams;

namespace Millrace.IntegrationTests.Rings;

/// <summary>
/// Run by name only, with <c>-explicit only</c>: minutes long, and the command asks for <c>--experimental</c> until they hold.
/// Old rows move to a new shard while people count and sum them, rows stream in, and the runner is killed again and again.
/// </summary>
public sealed class RingRebalanceTests
{
    private const int Old = 3000;

    /// <summary>The runner dies right after the first statement that fits, of every phase.</summary>
    private static readonly string[] Deaths =
    [
        "CLONE AS", "INSERT INTO millrace_ring", "_ring_after AS SELECT", "Distributed.*_ring_before", "ATTACH PARTITION", "Distributed.*_ring_after", "DELETE WHERE", "RESET SETTING",
        "DROP TABLE IF EXISTS demo.*_ring_before",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task No_query_sees_a_row_twice_or_misses_one_while_rows_move_and_runners_die()
    {
        await using var streams = await GrownAsync();
        await using var watch = Watch(streams);
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var written = WriteAsync(streams, writing.Token);

        foreach (var death in Deaths)
        {
            var (exit, output, errors) = await CliRun.RunAsync(streams.Folder, $"kill@/{death}/", "ring", "rebalance", "main", "--experimental", "--layers-at-once", "5");
            Assert.True(exit > 100, $"exit {exit} instead of a death after {death}:\n{output}\n{errors}");
            await Task.Delay(200, Cancel); // Queries go on between a death and what follows it.
        }

        var refused = await streams.RunAsync("apply", "--yes");
        Assert.NotEqual(0, refused.Exit);
        Assert.Contains("are on their way", refused.Output + refused.Errors, StringComparison.Ordinal);
        Assert.Contains("every row lies in its place", await RunAsync(streams, "ring", "rebalance", "main", "--experimental"), StringComparison.Ordinal);
        await writing.CancelAsync();
        var all = await written;
        foreach (var table in new[] { "mail", "hits" })
            await streams.Cluster.Http("data-2").AskUntilAsync($"SELECT count(), uniqExact(id) FROM demo.{table}", $"{all}\t{all}");

        Assert.Empty(watch.Wrong);
        Assert.True(watch.Answers > 30, $"{watch.Answers} answers");
        await IsSettledAsync(streams);
    }

    [Fact(Explicit = true)]
    public async Task A_move_is_taken_back_whole()
    {
        await using var streams = await GrownAsync();
        await using var watch = Watch(streams);
        var before = await PlacesAsync(streams);
        foreach (var death in new[] { "INSERT INTO millrace_ring", "Distributed.*_ring_after" })
        {
            Assert.NotEqual(0, (await CliRun.RunAsync(streams.Folder, $"kill@/{death}/", "ring", "rebalance", "main", "--experimental")).Exit);
            Assert.Contains("taken back", await RunAsync(streams, "ring", "rebalance", "main", "--experimental", "--undo"), StringComparison.Ordinal);
            Assert.Equal(before, await PlacesAsync(streams));
        }

        // A row that is written past the ring while others move is neither lost nor hidden.
        Assert.NotEqual(0, (await CliRun.RunAsync(streams.Folder, "kill@/ATTACH PARTITION/", "ring", "rebalance", "main", "--experimental")).Exit);
        await streams.QueryAsync("data-1", $"INSERT INTO demo.sharded_hits (id, customer, type) SELECT {Old} + number, number, 'late' FROM numbers(50)");
        var stopped = await streams.RunAsync("ring", "rebalance", "main", "--experimental");
        Assert.Equal(1, stopped.Exit);
        Assert.Contains("something writes past the ring", stopped.Errors, StringComparison.Ordinal);
        Assert.Equal($"{Old + 50}", await streams.QueryAsync("data-2", "SELECT count() FROM demo.hits"));

        await RunAsync(streams, "ring", "rebalance", "main", "--experimental");
        Assert.Equal($"{Old + 50}", await streams.QueryAsync("data-2", "SELECT count() FROM demo.hits"));
        Assert.Empty(watch.Wrong);
        await IsSettledAsync(streams);
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
            new[] { "data-1", "data-2", "data-3" }.Select(streams.Cluster.Http),
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
            await InsertAsync(streams, next, 20);
            await Task.Delay(100, CancellationToken.None);
        }

        return next;
    }

    private static async Task InsertAsync(LiveFleet streams, int from, int rows)
    {
        foreach (var table in new[] { "mail", "hits" })
            await streams.QueryAsync("events-1", $"INSERT INTO demo.writable_{table} (id, customer, type) SELECT number, number % 50, ['sent', 'delivered', 'opened'][1 + number % 3] FROM numbers({from}, {rows})");
    }

    private static async Task<string> PlacesAsync(LiveFleet streams) => string.Join('\n', await Task.WhenAll(new[] { "data-1", "data-2", "data-3" }.Select(node =>
        streams.QueryAsync(node, "SELECT (SELECT count() FROM demo.sharded_mail), (SELECT sum(id) FROM demo.sharded_mail), (SELECT count() FROM demo.sharded_hits), (SELECT count() FROM system.tables WHERE database = 'millrace_ring' OR name LIKE '%\\\\_ring\\\\_%' AND database = 'demo')"))));

    private static async Task IsSettledAsync(LiveFleet streams)
    {
        var left = JsonNode.Parse(await RunAsync(streams, "ring", "rebalance", "main", "--experimental", "--plan", "--json"))!;
        Assert.Empty(left["misplaced"]!.AsArray());
        Assert.Null((string?)left["unfinished"]);
        await RunAsync(streams, "ring", "settle", "main");
        await RunAsync(streams, "apply", "--yes");
        Assert.Equal("1", await streams.QueryAsync(
            "data-1", "SELECT uniqExact(_shard_num) FROM demo.mail WHERE customer = 7 AND type = 'sent' SETTINGS optimize_skip_unused_shards = 1, force_optimize_skip_unused_shards = 2"));
        // Tables merge again.
        Assert.Equal("0", await streams.QueryAsync("data-3", "SELECT count() FROM system.tables WHERE database = 'demo' AND position(engine_full, 'max_bytes_to_merge') > 0"));
    }

    private static async Task<string> RunAsync(LiveFleet streams, params string[] arguments)
    {
        var (exit, output, errors) = await streams.RunAsync(arguments);
        Assert.True(exit == 0, $"{string.Join(' ', arguments)}: exit {exit}\n{output}\n{errors}");
        return output;
    }
}
