using System.Globalization;
using System.Text;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Core.Sql;
using Millrace.Embedded;
using Millrace.Engine.Nodes;

namespace Millrace.Bench.Extract;

/// <summary>A server with a table of events in memory, in blocks of the size that a Kafka consumer hands to a view.</summary>
public sealed class EventServer : IAsyncDisposable
{
    /// <summary>Rows of a block: what one consumer polls at once.</summary>
    public const int BlockRows = 65_409;

    /// <summary>The file, for the table function <c>file</c>, with messages <c>{"uuid":"...","p":{...}}</c> of the same events.</summary>
    public string MessageFile => Path.Combine(folder, "messages.txt");

    private const string Config = """
        <clickhouse><query_log><database>system</database><table>query_log</table></query_log></clickhouse>
        """;

    /// <summary>One thread, and what a Kafka table needs too to read objects as text.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["max_threads"] = "1",
        ["max_query_size"] = "10000000",
        ["input_format_parallel_parsing"] = "0",
        ["input_format_json_read_objects_as_strings"] = "1",
        ["input_format_json_read_numbers_as_strings"] = "1",
        ["input_format_json_read_bools_as_strings"] = "1",
        ["input_format_json_ignore_unknown_keys_in_named_tuple"] = "1",
    };

    private readonly string folder;
    private readonly EmbeddedNode node;
    private readonly HttpNodeConnector connector = new();
    private readonly INodeConnection connection;

    private EventServer(string folder, EmbeddedNode node)
    {
        this.folder = folder;
        this.node = node;
        connection = connector.Connect(node.Http, new ConnectOptions { StatementTimeout = TimeSpan.FromMinutes(5) });
    }

    public static async Task<EventServer> StartAsync(CancellationToken cancel)
    {
        var root = Directory.CreateTempSubdirectory("millrace-extract-").FullName;
        var config = Path.Combine(root, "config.xml");
        await File.WriteAllTextAsync(config, Config, cancel);
        return new EventServer(root, await EmbeddedNode.StartAsync(
            new NodeOptions { ConfigFile = config, DataFolder = Path.Combine(root, "data") }, cancel: cancel));
    }

    /// <summary>Replaces the events; returns their mean size in bytes.</summary>
    public async Task<double> FillAsync(IReadOnlyCollection<string> events, int rows, CancellationToken cancel)
    {
        await RunAsync("CREATE OR REPLACE TABLE distinct_events (p String) ENGINE = Memory", cancel);
        await RunAsync("CREATE OR REPLACE TABLE events (p String) ENGINE = Memory", cancel);
        await RunAsync($"INSERT INTO distinct_events FORMAT LineAsString\n{string.Join('\n', events)}", cancel);
        for (var first = 0; first < rows; first += BlockRows)
            await RunAsync($"""
                INSERT INTO events SELECT p FROM (SELECT p FROM distinct_events, numbers({(rows / events.Count) + 1}) AS n)
                LIMIT {Math.Min(BlockRows, rows - first)} OFFSET {first}
                SETTINGS min_insert_block_size_rows = {BlockRows}, min_insert_block_size_bytes = 0, max_threads = 1,
                  joined_subquery_requires_alias = 0
                """, cancel);
        await RunAsync($"CREATE OR REPLACE TABLE one_block ENGINE = Memory AS SELECT p FROM events LIMIT {BlockRows} SETTINGS max_threads = 1", cancel);
        await RunAsync($$"""
            INSERT INTO FUNCTION file({{Quote.Text(MessageFile)}}, 'RawBLOB', 'line String')
            SELECT concat('{"uuid":"', toString(generateUUIDv4()), '","p":', p, '}\n') FROM events
            SETTINGS engine_file_truncate_on_insert = 1
            """, cancel);
        return double.Parse(await AskAsync("SELECT avg(length(p)) FROM events", cancel), CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a SELECT on one thread and throws its rows away; returns the id to ask the CPU time by.</summary>
    public async Task<string> MeasureAsync(string select, CancellationToken cancel)
    {
        var id = Guid.NewGuid().ToString();
        var options = new StatementOptions
        {
            QueryId = id,
            Settings = Settings,
        };
        await connection.QueryAsync($"{select} FORMAT Null", options, cancel);
        return id;
    }

    /// <summary>CPU seconds (user and system) that the cheapest of these runs took.</summary>
    public async Task<double> LeastCpuSecondsAsync(IEnumerable<string> ids, CancellationToken cancel)
    {
        await RunAsync("SYSTEM FLUSH LOGS query_log", cancel);
        var answer = await AskAsync($"""
            SELECT min(ProfileEvents['UserTimeMicroseconds'] + ProfileEvents['SystemTimeMicroseconds']) / 1e6 FROM system.query_log
            WHERE type = 'QueryFinish' AND query_id IN ({string.Join(", ", ids.Select(Quote.Text))})
            """, cancel);
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        connector.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Task RunAsync(string sql, CancellationToken cancel) => connection.ExecuteAsync(sql, cancel: cancel);

    private async Task<string> AskAsync(string sql, CancellationToken cancel) =>
        Encoding.UTF8.GetString(await connection.QueryAsync(sql, cancel: cancel)).TrimEnd();
}
