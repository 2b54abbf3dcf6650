using System.Collections.Concurrent;
using System.Diagnostics;

namespace Millrace.IntegrationTests.Layers;

/// <summary>Clients that ask one query after another through the balancer, and remember every answer that was not the right one.</summary>
internal sealed class DashboardLoad : IAsyncDisposable
{
    private const string Query = "SELECT count(), uniqExact(id), tcpPort() FROM shop.events SETTINGS max_threads = 1";

    private readonly HttpClient http;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private readonly ConcurrentQueue<string> failures = [];
    private readonly ConcurrentDictionary<string, int> answersByPort = [];

    public DashboardLoad(Uri address, string user, string password, int clients, HttpMessageHandler? handler = null)
    {
        http = new HttpClient(handler ?? new SocketsHttpHandler()) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-ClickHouse-User", user);
        http.DefaultRequestHeaders.Add("X-ClickHouse-Key", password);
        running = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(AskAsync)));
    }

    public int Answers => answersByPort.Values.Sum();

    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>Waits until so many different nodes have answered from now on.</summary>
    public Task UntilNodesAsync(int nodes)
    {
        answersByPort.Clear();
        return Patience.UntilAsync(
            () => answersByPort.Count >= nodes,
            () => $"{answersByPort.Count} of {nodes} nodes answer: {string.Join(", ", answersByPort)}; failures: {string.Join(" | ", failures.Take(3))}");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        http.Dispose();
        stop.Dispose();
    }

    private async Task AskAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(10); // The machine has other things to do as well.
            try
            {
                using var answer = await http.GetAsync($"/?query={Uri.EscapeDataString(Query)}");
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode && text.Split('\t') is ["1000", "1000", var port])
                    answersByPort.AddOrUpdate(port, 1, (_, count) => count + 1);
                else
                    failures.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {(int)answer.StatusCode} {text}");
            }
            catch (HttpRequestException error)
            {
                failures.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {error.Message}");
            }
        }
    }
}
