using System.Collections.Concurrent;
using System.Diagnostics;

namespace Millrace.IntegrationTests.Layers;

/// <summary>ClickHouse itself as the native client: a node that reads a layer through the balancer's TCP frontend, over and over.</summary>
internal sealed class NativeLoad : IAsyncDisposable
{
    private readonly Uri client;
    private readonly string query;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> failures = [];
    private readonly ConcurrentQueue<string> wrong = [];
    private int answers;
    private readonly Task running;

    /// <param name="client">The HTTP address of the node that asks.</param>
    public NativeLoad(Uri client, int port, string user, string password, int clients)
    {
        this.client = client;
        query = $"SELECT count(), uniqExact(id) FROM remote('127.0.0.1:{port}', 'shop', 'events', '{user}', '{password.Replace("'", "\\'", StringComparison.Ordinal)}')";
        running = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(AskAsync)));
    }

    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>Answers that came as if they were right, and were not.</summary>
    public IReadOnlyCollection<string> Wrong => wrong;

    /// <summary>Waits for so many answers from now on.</summary>
    public Task UntilAsync(int answers)
    {
        var wanted = Volatile.Read(ref this.answers) + answers;
        return Patience.UntilAsync(() => Volatile.Read(ref this.answers) >= wanted, () => $"too few answers; failures: {string.Join(" | ", failures.TakeLast(3))}");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task AskAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(10); // The machine has other things to do as well.
            try
            {
                var answer = await client.AskAsync(query);
                if (answer == "1000\t1000")
                    Interlocked.Increment(ref answers);
                else
                    wrong.Enqueue(answer);
            }
            catch (InvalidOperationException error)
            {
                failures.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {error.Message}");
            }
        }
    }
}
