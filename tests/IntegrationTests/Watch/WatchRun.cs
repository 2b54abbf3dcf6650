using System.Collections.Concurrent;
using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Specs;
using Millrace.Engine.Watch;
using Millrace.IntegrationTests.Streams;
using Xunit;

namespace Millrace.IntegrationTests.Watch;

/// <summary>A watch over a test's fleet, with everything it said.</summary>
internal sealed class WatchRun : IWatchListener, IDeclarationSource, IAsyncDisposable
{
    private readonly ConcurrentQueue<WatchEvent> events = new();
    private readonly ConcurrentQueue<LoadResult> declarations = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    private WatchRun(StreamFixture fixture, Project project)
    {
        Declare(project);
        var services = fixture.Services;
        var tools = new WatchTools(services.Connector, services.Observer, services.Lab, services.Apply);
        running = new FleetWatch(tools, new WatchOptions { Interval = TimeSpan.FromMilliseconds(500) }, this).RunAsync(this, stop.Token);
    }

    public IReadOnlyCollection<WatchEvent> Events => events;

    /// <summary>Starts watching, and returns when every node was seen.</summary>
    public static async Task<WatchRun> StartAsync(StreamFixture fixture, Project project)
    {
        var run = new WatchRun(fixture, project);
        foreach (var node in project.Fleet.Nodes)
            await run.ExpectAsync<WatchEvent.NodeSeen>(seen => seen.Node == node.Name);
        return run;
    }

    public void Declare(Project project) => declarations.Enqueue(new LoadResult(project, [], Redaction.None));

    public void DeclareBroken(Finding finding) => declarations.Enqueue(new LoadResult(null, [finding], Redaction.None));

    /// <summary>Forgets what was said so far.</summary>
    public void Clear() => events.Clear();

    public async Task<T> ExpectAsync<T>(Func<T, bool> fits)
        where T : WatchEvent
    {
        T? found = null;
        await Patience.UntilAsync(
            async () =>
            {
                if (running.IsFaulted)
                    await running;
                return (found = events.OfType<T>().FirstOrDefault(fits)) is not null;
            },
            () => $"no such {typeof(T).Name}; heard: {string.Join("\n", events.Where(e => e is not WatchEvent.Planned))}");
        return found!;
    }

    public void On(WatchEvent happened) => events.Enqueue(happened);

    public LoadResult? ReadIfChanged() => declarations.TryDequeue(out var next) ? next : null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        stop.Dispose();
    }
}
