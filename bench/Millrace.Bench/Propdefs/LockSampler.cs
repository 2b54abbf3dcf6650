using System.Diagnostics;

namespace Millrace.Bench.Propdefs;

/// <summary>Looks every few milliseconds how many sessions of Postgres wait for a row that another one holds.</summary>
internal sealed class LockSampler : IAsyncDisposable
{
    /// <summary>A session waits for the transaction that holds the row; those behind it wait for the tuple.</summary>
    private const string Waiting = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event IN ('tuple', 'transactionid')
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource stop = new();
    private readonly Task run;
    private double waited;

    public LockSampler(PropdefsCluster cluster) => run = Task.Run(() => LookAsync(cluster));

    /// <summary>Seconds that sessions waited, all of them together.</summary>
    public async Task<double> StopAsync()
    {
        await stop.CancelAsync();
        await run;
        return waited;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task LookAsync(PropdefsCluster cluster)
    {
        var sinceLast = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            var sessions = await cluster.SqlAsync<long>(Waiting, CancellationToken.None);
            waited += sessions * sinceLast.Elapsed.TotalSeconds;
            sinceLast.Restart();
            await Task.Delay(Pause);
        }
    }
}
