using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Millrace.Bench.Chaos;
using Millrace.Bench.Running;
using Millrace.Cli;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Engine;
using Millrace.Engine.Nodes;
using Millrace.Kafka;

namespace Millrace.Bench.Backfill;

/// <summary>Two shards, an ingestion node and a broker, all real; rows that were there before, and a stream that goes on.</summary>
public sealed class BackfillFleet : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private const string RunningInserts = "SELECT count() FROM system.processes WHERE query_kind = 'Insert'";

    private readonly EmbeddedCluster cluster;
    private readonly Services services;
    private readonly SteadyLoad load;
    private readonly string folder;
    private readonly bool inProcess;
    private CancellationTokenSource? flowing;
    private Task streaming = Task.CompletedTask;
    private long expired;

    private BackfillFleet(EmbeddedCluster cluster, string folder, SteadyLoad load, bool inProcess) =>
        (this.cluster, this.folder, this.load, this.inProcess, services) = (cluster, folder, load, inProcess, new Services(folder));

    public ImmutableArray<string> Storage { get; } = ["data-1", "data-2"];

    /// <summary>The values of a row, as SQL over its id.</summary>
    public static string Values => BackfillProject.Values;

    public string Ingestion => "events-1";

    public static async Task<BackfillFleet> UpAsync(BackfillOptions options, string folder, CancellationToken cancel)
    {
        var spec = DevClusterSpec.Default with
        {
            Roles = [new("data", RoleKind.Storage, 2), new("events", RoleKind.Ingestion, 1)],
            Topics = [new TopicSpec(BackfillProject.Topic, BackfillProject.Partitions)],
        };
        var servers = await EmbeddedCluster.UpAsync(spec, Path.Combine(folder, "cluster"), cancel: cancel);
        var project = Path.Combine(folder, "project");
        BackfillProject.Write(project, servers.Fleet);
        var fleet = new BackfillFleet(servers, project, new SteadyLoad(servers.Bootstrap("msk"), BackfillProject.Topic, BackfillProject.Partitions, options.Rate), options.InProcess);
        await fleet.MillraceAsync(null, null, cancel, "apply", "--yes");
        await fleet.FillAsync(BackfillProject.FirstOldId, options.Rows, cancel);
        return fleet;
    }

    /// <summary>The stream starts, or goes on.</summary>
    public void Flow()
    {
        flowing = new CancellationTokenSource();
        streaming = load.RunAsync(flowing.Token);
    }

    /// <summary>
    /// The stream stops, and what was sent is on storage and in its views: rows are seen in their table before the views
    /// have theirs.
    /// </summary>
    public async Task RestAsync(CancellationToken cancel)
    {
        await flowing!.CancelAsync();
        await streaming;
        load.Finish();
        for (var since = Stopwatch.GetTimestamp(); await LiveRowsAsync(cancel) < load.Sent || await SumAsync(RunningInserts, cancel) > 0; await Task.Delay(100, cancel))
            if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new InvalidOperationException($"{load.Sent} messages were sent, {await LiveRowsAsync(cancel)} are on storage after {Patience.TotalSeconds:0} s");
    }

    /// <summary>Consumers run again, as if their node had been restarted.</summary>
    public async Task StartConsumersAsync(CancellationToken cancel)
    {
        if (await NumberAsync(Ingestion, "SELECT count() FROM system.tables WHERE database = 'fill' AND engine = 'Kafka'", cancel) == 0)
            await ExecuteAsync(Ingestion, "ATTACH TABLE fill.kafka_events", cancel);
    }

    /// <summary>Messages that were sent; their ids count up from 0.</summary>
    public long Sent => load.Sent;

    /// <summary>Storage has no row any more but those of the newest messages, as after a TTL; the topic keeps all.</summary>
    public async Task ExpireAsync(long messagesPerPartition, CancellationToken cancel)
    {
        expired += await SumAsync($"SELECT uniqExact(id) FROM fill.sharded_events WHERE id < {BackfillProject.FirstOldId} AND _offset < {messagesPerPartition}", cancel);
        await Task.WhenAll(Storage.Select(node => ExecuteAsync(
            node, $"ALTER TABLE fill.sharded_events DELETE WHERE id >= {BackfillProject.FirstOldId} OR _offset < {messagesPerPartition} SETTINGS mutations_sync = 1", cancel)));
    }

    /// <summary>Messages of the stream that are on storage or have expired there; one that was delivered twice counts once.</summary>
    public async Task<long> LiveRowsAsync(CancellationToken cancel)
    {
        var rows = expired + await SumAsync($"SELECT uniqExact(id) FROM fill.sharded_events WHERE id < {BackfillProject.FirstOldId}", cancel);
        load.NoteLanded(rows);
        return rows;
    }

    /// <summary>Empties the rollups, as if their views had been created after the rows came.</summary>
    public Task ForgetAsync(CancellationToken cancel) => Task.WhenAll(
        from node in Storage
        from level in BackfillProject.Levels
        select ExecuteAsync(node, $"TRUNCATE TABLE fill.sharded_{level.Rollup} SYNC", cancel));

    /// <summary>Keys of any level whose values are not those of the raw rows, on all shards.</summary>
    public async Task<long> WrongKeysAsync(CancellationToken cancel)
    {
        var ofLevels = await Task.WhenAll(BackfillProject.Levels.Select(level => SumAsync($"SELECT count() {WrongKeys(level)}", cancel)));
        return ofLevels.Sum();
    }

    /// <summary>The first few such keys, each with the values (rows, sum, users, largest) that the raw rows and the rollup give.</summary>
    public async Task<string> WrongKeysInWordsAsync(CancellationToken cancel)
    {
        var lines =
            from level in BackfillProject.Levels
            from node in Storage
            select TextAsync(node, $"SELECT concat('{node} {level.Rollup} ', toString(key), ': ', toString(both)) {WrongKeys(level)} ORDER BY key LIMIT 5 FORMAT TSVRaw", cancel);
        return string.Join('\n', (await Task.WhenAll(lines)).Where(line => line.Length > 0));
    }

    private static string WrongKeys((string Rollup, string Key) level)
    {
        var columns = string.Join(", ", level.Key.Split(", ").Select(part => part.Split(' ')[^1]));
        return $"""
            FROM
            (
              SELECT ({columns}) AS key, groupArray((side, v)) AS both, uniqExact(v) AS different FROM
              (
                SELECT 'raw' AS side, {level.Key}, (count(), sum(amount), uniq(user), max(amount)) AS v FROM fill.sharded_events GROUP BY {columns}
                UNION ALL
                SELECT 'rollup', {columns}, (countMerge(events), sum(amount), uniqMerge(users), max(largest)) AS v FROM fill.sharded_{level.Rollup} GROUP BY {columns}
              )
              GROUP BY key
            )
            WHERE length(both) != 2 OR different != 1
            """;
    }

    /// <summary>What backfills have left behind.</summary>
    public Task<long> LeftoversAsync(CancellationToken cancel) => SumAsync("SELECT count() FROM system.tables WHERE database = 'millrace_backfill'", cancel);

    public async Task KillAndStartAsync(string node, CancellationToken cancel)
    {
        await cluster.KillAsync(node);
        await cluster.StartAsync(node, cancel);
    }

    /// <summary>Runs <c>millrace</c>.</summary>
    /// <param name="fault">Where it is killed; null for nowhere.</param>
    /// <param name="flaw">What it leaves out; null for nothing.</param>
    public async Task<(bool Killed, string Text)> MillraceAsync(string? fault, string? flaw, CancellationToken cancel, params string[] words)
    {
        var (exit, text) = await EndOfAsync(fault, flaw, words, cancel);
        return exit is ExitCode.Ok or MillraceProcess.Killed ? (exit == MillraceProcess.Killed, text) : throw Failed(words, exit, text);
    }

    /// <summary>Runs <c>millrace</c> while a server is killed. Before it has the lock it gives up; whoever is there then says `resume`.</summary>
    public async Task<string> MillraceUnderCrashAsync(CancellationToken cancel, params string[] words)
    {
        var (exit, text) = await EndOfAsync(null, null, words, cancel);
        return exit switch
        {
            ExitCode.Ok => text,
            ExitCode.NodesFailed => (await MillraceAsync(null, null, cancel, "backfill", "resume")).Text,
            _ => throw Failed(words, exit, text),
        };
    }

    private static UserErrorException Failed(string[] words, int exit, string text) => new($"millrace {string.Join(' ', words)} ended with {exit}:\n{text}");

    private Task<(int Exit, string Text)> EndOfAsync(string? fault, string? flaw, string[] words, CancellationToken cancel) =>
        inProcess && fault is null && flaw is null ? ShareAsync(words) : StartAsync(fault, flaw, words, cancel);

    private async Task<(int Exit, string Text)> ShareAsync(string[] words)
    {
        var (exit, output, errors) = await MillraceInProcess.RunAsync(folder, words);
        return (exit, (output + errors).Trim());
    }

    private async Task<(int Exit, string Text)> StartAsync(string? fault, string? flaw, string[] words, CancellationToken cancel)
    {
        await using var process = MillraceProcess.Start(folder, fault, flaw is null ? [] : [new("MILLRACE_BACKFILL_FLAW", flaw)], words);
        return await process.EndAsync(cancel);
    }

    /// <summary>Makes the stream's INSERTs as long as ClickHouse advises.</summary>
    public async Task CalmAsync(CancellationToken cancel)
    {
        BackfillProject.WriteStream(folder, flushMilliseconds: 2000);
        await MillraceAsync(null, null, cancel, "apply", "--yes");
    }

    /// <summary>Declares a rollup, or declares it anew.</summary>
    public void DeclareRollup(string name, string body) => BackfillProject.WriteRollup(folder, name, body);

    public Task ExecuteAsync(string node, string sql, CancellationToken cancel) =>
        Connect(node).ExecuteAsync(sql, new StatementOptions { Timeout = TimeSpan.FromMinutes(10), Idempotent = false }, cancel);

    /// <summary>One number of every shard, added up.</summary>
    public async Task<long> SumAsync(string sql, CancellationToken cancel) =>
        (await Task.WhenAll(Storage.Select(node => NumberAsync(node, sql, cancel)))).Sum();

    public async Task<long> NumberAsync(string node, string sql, CancellationToken cancel) =>
        long.Parse(await TextAsync(node, sql, cancel), CultureInfo.InvariantCulture);

    public async Task<string> TextAsync(string node, string sql, CancellationToken cancel) =>
        Encoding.UTF8.GetString(await Connect(node).QueryAsync(sql, cancel: cancel)).TrimEnd('\n');

    public async ValueTask DisposeAsync()
    {
        if (flowing is not null)
            await flowing.CancelAsync();
        await streaming;
        flowing?.Dispose();
        load.Dispose();
        await cluster.DisposeAsync();
        services.Dispose();
    }

    /// <summary>Adds rows as if they had been there before.</summary>
    public Task FillAsync(long firstId, int rows, CancellationToken cancel) => Task.WhenAll(Storage.Select((node, shard) => ExecuteAsync(
        node,
        $"""
         INSERT INTO fill.sharded_events (id, body, time, team, user, amount, arrived, _topic, _partition, _offset, _timestamp)
         SELECT id, '', {BackfillProject.Values}, now64(3), 'before', 0, id, now()
         FROM (SELECT {firstId} + number * 2 + {shard} AS id FROM numbers({rows / 2}))
         SETTINGS max_partitions_per_insert_block = 0
         """,
        cancel)));

    private INodeConnection Connect(string node) => services.Connector.Connect(cluster.Http(node), cluster.Fleet.Connect);
}
