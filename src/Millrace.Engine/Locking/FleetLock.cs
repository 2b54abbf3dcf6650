using System.Collections.Immutable;
using Millrace.Core.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>
/// The lock of a fleet: one apply at a time. It is taken in every store, in their order, so that two who want it meet at
/// the first store that both can reach.
/// </summary>
public sealed class FleetLock(ImmutableArray<ILeaseStore> stores, LeaseTiming timing, TimeProvider time)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    /// <exception cref="LockHeldException">Another holds it, and went on doing so for as long as was waited.</exception>
    /// <exception cref="LeaseLostException">No store answered.</exception>
    public async Task<Lease> TakeAsync(LockRequest request, CancellationToken cancel)
    {
        var since = time.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                return await TryTakeAsync(request, cancel);
            }
            catch (LockHeldException held) when (time.GetElapsedTime(since) < request.Wait)
            {
                if (!told)
                    request.OnWaiting($"waiting for {held.State.Holder}, who holds the lock since {held.State.Since:HH:mm:ss} UTC");
                await Task.Delay(AskEvery, time, cancel);
            }
        }
    }

    /// <summary>Who holds it now; null when nobody does.</summary>
    public async Task<LeaseState?> FindHolderAsync(CancellationToken cancel)
    {
        foreach (var store in stores)
            if (await IfReachableAsync(() => store.ReadAsync(cancel)) is { Live: { } live })
                return live;
        return null;
    }

    private async Task<Lease> TryTakeAsync(LockRequest request, CancellationToken cancel)
    {
        var state = new LeaseState(Guid.NewGuid().ToString("N"), request.Apply, request.Holder, default, default);
        var takenAt = time.GetTimestamp();
        var places = new List<LeasedPlace>();
        var former = new List<LeaseState>();
        var stolen = false;
        try
        {
            foreach (var store in stores)
            {
                var (place, before, wasLive) = await IfReachableAsync(() => TakeAsync(store, state, request, cancel));
                stolen |= wasLive;
                if (place is not null)
                    places.Add(place);
                if (before is { Released: false })
                    former.Add(before);
            }
        }
        catch
        {
            await new Lease([.. places], state, timing, time, takenAt).DisposeAsync();
            throw;
        }

        if (places.Count == 0)
            throw new LeaseLostException("no storage node could keep the lock. Nothing was changed");
        var lease = new Lease([.. places], places[0].State, timing, time, takenAt)
        {
            BrokenOff = [.. former.Select(lost => lost.Apply).Distinct(StringComparer.Ordinal)],
        };
        if (stolen)
            await LetTheOldHolderStopAsync(request, lease, cancel);
        return lease;
    }

    /// <summary>A holder that cannot renew starts nothing after this time, so that it and we never both do.</summary>
    private async Task LetTheOldHolderStopAsync(LockRequest request, Lease lease, CancellationToken cancel)
    {
        request.OnWaiting($"the lock is taken; waiting {timing.StopAfter.TotalSeconds:0.#} s until its former holder has stopped");
        try
        {
            await Task.Delay(timing.StopAfter, time, cancel);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes one store. It tells who had it before, and whether somebody alive lost it by that.</summary>
    private async Task<(LeasedPlace? Place, LeaseState? Before, bool WasLive)> TakeAsync(
        ILeaseStore store, LeaseState wanted, LockRequest request, CancellationToken cancel)
    {
        var view = await store.ReadAsync(cancel);
        var dead = view.Live is { } holder && LocalProcess.IsSurelyDead(holder.Holder);
        if (dead)
            request.OnWaiting($"{view.Live!.Holder} died and left the lock behind; taking it over");
        else if (view.Live is { } live && !request.Force)
            throw new LockHeldException(live, store.Place, view.Now);
        await store.AddAsync(view.Generation + 1, wanted with { Since = view.Now, Until = view.Now + timing.Duration }, cancel);
        var after = await store.ReadAsync(cancel);
        if (after.State is { } now && now.Token != wanted.Token)
            throw new LockHeldException(now, store.Place, after.Now);
        return after.State is null ? default : (new LeasedPlace(store, after, time), view.State, view.Live is not null && !dead);
    }

    private static async Task<T?> IfReachableAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (NodeUnreachableException)
        {
            return default;
        }
    }
}
