using Millrace.Core.Locking;

namespace Millrace.Engine.Locking;

/// <summary>One store in which a lock is held, and the generation that is ours there.</summary>
internal sealed class LeasedPlace(ILeaseStore store, LeaseView taken, TimeProvider time)
{
    private LeaseView last = taken;
    private long lastAt = time.GetTimestamp();

    public ILeaseStore Store { get; } = store;

    /// <summary>What is stored there now, as far as we know.</summary>
    public LeaseState State => last.State!;

    /// <summary>The store's clock, carried on by ours since it last answered.</summary>
    public DateTimeOffset Now => last.Now + time.GetElapsedTime(lastAt);

    /// <summary>Adds the next generation. True when it is the highest afterwards.</summary>
    /// <exception cref="LeaseLostException">The highest one is somebody else's.</exception>
    public async Task<bool> AdvanceAsync(LeaseState state, CancellationToken cancel)
    {
        var generation = last.Generation + 1;
        await Store.AddAsync(generation, state, cancel);
        return await CheckAsync(state.Token, cancel) && last.Generation >= generation;
    }

    /// <summary>True when the highest generation is still ours.</summary>
    /// <exception cref="LeaseLostException">It is somebody else's.</exception>
    public async Task<bool> CheckAsync(string token, CancellationToken cancel)
    {
        var view = await Store.ReadAsync(cancel);
        if (view.State?.Token != token)
            throw new LeaseLostException(view.State is { } thief
                ? $"the lock on {Store.Place} was taken over by {thief.Holder}"
                : $"the lock on {Store.Place} is gone: somebody dropped its tables");
        (last, lastAt) = (view, time.GetTimestamp());
        return true;
    }

    public Task ForgetOlderAsync(CancellationToken cancel) => Store.ForgetAsync(last.Older, cancel);
}
