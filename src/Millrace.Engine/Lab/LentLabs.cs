using System.Collections.Concurrent;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Lab;

/// <summary>Labs for one role after another: emptying one is quicker than starting the next.</summary>
internal sealed class LentLabs(ILabHost host, LabConfig config) : IAsyncDisposable
{
    private readonly ConcurrentBag<ILab> idle = [];

    /// <summary>Works in an empty lab.</summary>
    /// <param name="leavesNothing">True when all that is made in it goes with its databases; otherwise the lab ends with the work.</param>
    public async Task<T> UseAsync<T>(Func<INodeConnection, Task<T>> work, bool leavesNothing, CancellationToken cancel)
    {
        var lab = await TakeAsync(cancel);
        var isReusable = false;
        try
        {
            var result = await work(lab.Connection);
            isReusable = leavesNothing;
            return result;
        }
        finally
        {
            if (isReusable)
                idle.Add(lab);
            else
                await lab.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lab in idle)
            await lab.DisposeAsync();
    }

    private async Task<ILab> TakeAsync(CancellationToken cancel)
    {
        if (!idle.TryTake(out var used))
            return await host.StartAsync(config, cancel);
        try
        {
            await LabSql.EmptyAsync(used.Connection, cancel);
            return used;
        }
        catch
        {
            await used.DisposeAsync();
            throw;
        }
    }
}
