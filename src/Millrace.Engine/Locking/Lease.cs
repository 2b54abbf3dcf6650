using System.Collections.Immutable;
using Millrace.Core.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>
/// The lock while it is held. It renews itself; every renewal is a compare-and-swap, so that a holder that slept through
/// the end of its lease finds out before it changes anything.
/// </summary>
public sealed class Lease : IAsyncDisposable
{
    private readonly ImmutableArray<LeasedPlace> places;
    private readonly LeaseTiming timing;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task renewing;
    private readonly LeaseState state;
    private volatile Renewal renewal;
    private string? lostBecause;

    internal Lease(ImmutableArray<LeasedPlace> places, LeaseState state, LeaseTiming timing, TimeProvider time, long takenAt)
    {
        this.places = places;
        this.state = state;
        this.timing = timing;
        this.time = time;
        renewal = new Renewal(takenAt, time.GetUtcNow() - time.GetElapsedTime(takenAt));
        renewing = RenewAgainAndAgainAsync();
    }

    /// <summary>Cancelled when the lock is lost.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Why it is lost; null while it is held.</summary>
    public string? LostBecause => lostBecause;

    public LeaseState State => state;

    /// <summary>Applies that had the lock before and did not give it back: killed, asleep or robbed.</summary>
    public ImmutableArray<string> BrokenOff { get; init; } = [];

    /// <summary>Where it is held, in words.</summary>
    public string Place => string.Join(", ", places.Select(place => place.Store.Place));

    /// <summary>
    /// The greater of two clocks: one does not run while a machine sleeps, the other can be set.
    /// </summary>
    private TimeSpan Age => Max(time.GetElapsedTime(renewal.At), time.GetUtcNow() - renewal.On);

    /// <summary>The clock of the node that keeps the lock.</summary>
    public DateTimeOffset Now => places[0].Now;

    /// <summary>Asks the stores whether the lock is still ours.</summary>
    /// <exception cref="LeaseLostException">It is not, or nobody could be asked for too long.</exception>
    public Task CheckAsync(CancellationToken cancel) =>
        Age < timing.RenewEvery ? OnPlacesAsync(place => place.CheckAsync(state.Token, cancel), isRenewal: false, cancel) : RenewAsync(cancel);

    /// <summary>Lets a statement start: at once while the lock is fresh, after a renewal otherwise.</summary>
    /// <exception cref="LeaseLostException">The lock is lost.</exception>
    public Task EnterAsync(CancellationToken cancel)
    {
        ThrowIfLost();
        return Age < timing.StopAfter ? Task.CompletedTask : RenewAsync(cancel);
    }

    /// <summary>Gives the lock back and stops renewing it. One that cannot be given back ends by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await renewing;
        if (lostBecause is null)
            await ReleaseAsync();
        stop.Dispose();
        lost.Dispose();
        turn.Dispose();
    }

    private Task RenewAsync(CancellationToken cancel) =>
        OnPlacesAsync(place => place.AdvanceAsync(state with { Until = place.Now + timing.Duration }, cancel), isRenewal: true, cancel);

    private async Task OnPlacesAsync(Func<LeasedPlace, Task<bool>> run, bool isRenewal, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            ThrowIfLost();
            var asked = new Renewal(time.GetTimestamp(), time.GetUtcNow());
            var answers = await Task.WhenAll(places.Select(place => AnswersAsync(place, run)));
            if (isRenewal && answers.Contains(true))
                renewal = asked;
            if (Age >= timing.StopAfter)
                throw new LeaseLostException($"the lock on {Place} could not be renewed for {Age.TotalSeconds:0} s");
        }
        catch (LeaseLostException error)
        {
            lostBecause ??= error.Message;
            await lost.CancelAsync();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A place that does not answer neither confirms nor denies.</summary>
    private static async Task<bool> AnswersAsync(LeasedPlace place, Func<LeasedPlace, Task<bool>> run)
    {
        try
        {
            return await run(place);
        }
        catch (Exception error) when (error is NodeUnreachableException or ServerErrorException)
        {
            return false;
        }
    }

    private async Task RenewAgainAndAgainAsync()
    {
        using var timer = new PeriodicTimer(timing.RenewEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await RenewAsync(stop.Token);
                await Task.WhenAll(places.Select(ForgetAsync));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Given back.
        }
        catch (LeaseLostException)
        {
            // Whoever works under the lock hears of it through Lost.
        }
    }

    private async Task ReleaseAsync()
    {
        await Task.WhenAll(places.Select(place => AnswersAsync(
            place, async p =>
            {
                try
                {
                    // The generation may be that of a renewal that was given up while the server went on with it.
                    while (!p.State.Released)
                        await p.AdvanceAsync(state with { Until = p.Now, Released = true }, CancellationToken.None);
                    return true;
                }
                catch (LeaseLostException)
                {
                    return false; // Taken over meanwhile: nothing is left to give back.
                }
            })));
        await Task.WhenAll(places.Select(ForgetAsync));
    }

    /// <summary>What cannot be deleted now is deleted with a later generation.</summary>
    private static Task ForgetAsync(LeasedPlace place) => AnswersAsync(place, async p =>
    {
        await p.ForgetOlderAsync(CancellationToken.None);
        return true;
    });

    private void ThrowIfLost()
    {
        if (lostBecause is { } reason)
            throw new LeaseLostException(reason);
    }

    /// <param name="At">By the monotonic clock.</param>
    /// <param name="On">By the calendar's.</param>
    private sealed record Renewal(long At, DateTimeOffset On);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
