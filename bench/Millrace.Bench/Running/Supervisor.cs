using Millrace.DevCluster;

namespace Millrace.Bench.Running;

/// <summary>
/// Does what systemd does on a real host: a server that ends by itself is started again, with its disk. The embedded engine
/// aborts now and then when a client of its native port vanishes (ClickHouse#115666), and a killed ingestion node is one.
/// </summary>
public sealed class Supervisor : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly EmbeddedCluster cluster;
    private readonly SemaphoreSlim turn = new(1);
    private readonly HashSet<string> down = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;

    public Supervisor(EmbeddedCluster cluster)
    {
        this.cluster = cluster;
        watching = WatchAsync();
    }

    /// <summary>Servers that ended although nobody killed them.</summary>
    public int Aborted { get; private set; }

    /// <summary>Ends a node at once and keeps it down until <see cref="StartAsync"/>.</summary>
    public Task KillAsync(string node) => InTurnAsync(async () =>
    {
        down.Add(node);
        if (IsRunning(node))
            await cluster.KillAsync(node);
    });

    public Task StartAsync(string node, CancellationToken cancel) => InTurnAsync(async () =>
    {
        await cluster.StartAsync(node, cancel);
        down.Remove(node);
    });

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
        turn.Dispose();
    }

    private bool IsRunning(string node) => cluster.State().Nodes.Single(n => n.Name == node).ProcessId is not null;

    private async Task WatchAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            await InTurnAsync(async () =>
            {
                foreach (var node in cluster.State().Nodes.Where(n => n.ProcessId is null && !down.Contains(n.Name)))
                {
                    Aborted++;
                    await cluster.StartAsync(node.Name, CancellationToken.None);
                }
            });
            await Task.Delay(Look, CancellationToken.None);
        }
    }

    private async Task InTurnAsync(Func<Task> work)
    {
        await turn.WaitAsync(CancellationToken.None);
        try
        {
            await work();
        }
        finally
        {
            turn.Release();
        }
    }
}
