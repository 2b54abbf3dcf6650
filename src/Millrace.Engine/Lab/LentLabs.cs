using System.Collections.Concurrent;

namespace Millrace.Engine.Lab;

/// <summary>Labs for one role after another: emptying one is quicker than starting the next.</summary>
internal sealed class LentLabs(ILabHost host, LabConfig config) : IAsyncDisposable
{
    private readonly ConcurrentBag<ILab> idle = [];
    private readonly ConcurrentBag<ILab> started = [];

    /// <summary>An empty lab.</summary>
    public async Task<ILab> TakeAsync(CancellationToken cancel)
    {
        if (idle.TryTake(out var used))
        {
            await LabSql.EmptyAsync(used.Connection, cancel);
            return used;
        }

        var lab = await host.StartAsync(config, cancel);
        started.Add(lab);
        return lab;
    }

    /// <summary>Nobody uses it any more, and all that is in it goes with its databases.</summary>
    public void Return(ILab lab) => idle.Add(lab);

    public async ValueTask DisposeAsync() => await Task.WhenAll(started.Select(lab => lab.DisposeAsync().AsTask()));
}
