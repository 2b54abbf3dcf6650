using System.Collections.Concurrent;

namespace Millrace.IntegrationTests.Rings;

/// <summary>Queries whose answers must not change while rows move: asked over and over, on every node that people ask.</summary>
internal sealed class MoveWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> wrong = [];
    private readonly Task running;
    private int answers;

    public MoveWatch(IEnumerable<Uri> nodes, IReadOnlyCollection<(string Query, string Answer)> questions) =>
        running = Task.WhenAll(nodes.Select(node => Task.Run(() => AskAsync(node, questions))));

    public int Answers => Volatile.Read(ref answers);

    public IReadOnlyCollection<string> Wrong => wrong;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task AskAsync(Uri node, IReadOnlyCollection<(string Query, string Answer)> questions)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var (query, right) in questions)
            {
                try
                {
                    var answer = await node.AskAsync(query);
                    if (answer != right)
                        wrong.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {node} {query}: {answer} instead of {right}");
                    Interlocked.Increment(ref answers);
                }
                catch (InvalidOperationException error)
                {
                    wrong.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {error.Message}");
                }
            }

            await Task.Delay(200); // Enough to meet every state, and room for the rest of the test.
        }
    }
}
