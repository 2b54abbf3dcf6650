using Millrace.Bench.Streaming;

namespace Millrace.Bench.Isolation;

/// <summary>Dashboards that never rest: clients that ask a storage node one aggregation after the other.</summary>
internal sealed class QueryStorm : IAsyncDisposable
{
    private const int Clients = 4;

    private readonly CancellationTokenSource stop = new();
    private readonly Task[] clients;
    private long answered;

    public QueryStorm(BenchCluster cluster)
    {
        clients = [.. Enumerable.Range(0, Clients).Select(client => Task.Run(() => AskAsync(cluster, client)))];
    }

    /// <summary>Queries that were answered so far.</summary>
    public long Answered => Interlocked.Read(ref answered);

    /// <summary>Fills the table that is asked.</summary>
    public static async Task PrepareAsync(BenchCluster cluster, CancellationToken cancel)
    {
        await cluster.ExecuteAsync(BenchCluster.Storage, "CREATE DATABASE storm", cancel);
        await cluster.ExecuteAsync(
            BenchCluster.Storage,
            """
            CREATE TABLE storm.events ENGINE = MergeTree ORDER BY team_id AS
            SELECT number % 300 AS team_id, cityHash64(number) % 40000 AS person, ['$pageview', '$autocapture', '$identify'][number % 3 + 1] AS event,
              concat('https://app.example.com/project/', toString(cityHash64(number) % 900)) AS url, now() - number / 50 AS at
            FROM numbers(2000000)
            """,
            cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        stop.Dispose();
    }

    private async Task AskAsync(BenchCluster cluster, int client)
    {
        var connection = cluster.Connect(BenchCluster.Storage);
        var sql = $"""
            SELECT event, toStartOfHour(at) AS hour, uniq(person), countIf(url LIKE '%/{client}%'), quantile(0.9)(length(url))
            FROM storm.events GROUP BY event, hour FORMAT Null
            """;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await connection.QueryAsync(sql, cancel: stop.Token);
                Interlocked.Increment(ref answered);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The storm is over.
        }
    }
}
