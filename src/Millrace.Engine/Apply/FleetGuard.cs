using System.Collections.Immutable;
using System.Security.Cryptography;
using Millrace.Core.Journal;
using Millrace.Core.Locking;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Engine.Journal;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Apply;

/// <summary>
/// The frame around every change of a fleet: its journal can be written, its lock is held, nothing of a former holder still
/// runs; and afterwards the journal says how it ended.
/// </summary>
internal sealed class FleetGuard(INodeConnector connector, TimeProvider clock)
{
    /// <summary>By which a change is known in the lock, in the journal and in its statements.</summary>
    public string NewId() => $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";

    /// <exception cref="LockHeldException">Somebody else changes the fleet.</exception>
    /// <exception cref="JournalUnreachableException">What is to be done cannot be written down.</exception>
    public async Task<(Lease Lease, JournalStore Store, ImmutableArray<StorageNode> Storage)> EnterAsync(
        Fleet fleet, ObservedFleet observed, LockRequest request, CancellationToken cancel)
    {
        var storage = StorageNodes.Answering(observed, fleet, connector);
        var store = new JournalStore(storage, JournalStore.IsReplicated(fleet));
        await store.PrepareAsync(cancel);
        var stores = await LeaseStores.ForApplyAsync(storage, storage.All(node => observed.Find(node.Name)!.HasKeeper), cancel);
        var lease = await new FleetLock(stores, LeaseTiming.Default, clock).TakeAsync(request, cancel);
        try
        {
            var answering = observed.Nodes.Where(node => node.State == NodeState.Ok).Select(node => connector.Connect(node.Node.Http, fleet.Connect));
            await FormerStatements.WaitAsync(answering, lease.BrokenOff, fleet.Connect.StatementTimeout, clock, cancel);
            return (lease, store, storage);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the change for as long as the lock is held.</summary>
    /// <param name="change">Gives its result, and whether all of it was done.</param>
    /// <exception cref="LeaseLostException">The lock was lost on the way; what ran until then is in the journal.</exception>
    public static async Task<T> RunAsync<T>(
        Lease lease, ApplyJournal journal, Func<CancellationToken, Task<(T Result, bool Succeeded)>> change, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Lost);
        try
        {
            var (result, succeeded) = await change(either.Token);
            await journal.EndAsync(succeeded ? EntryOutcome.Done : EntryOutcome.Failed, "", CancellationToken.None);
            return result;
        }
        catch (OperationCanceledException) when (lease.LostBecause is { } reason && !cancel.IsCancellationRequested)
        {
            await EndBrokenAsync(journal, reason);
            throw new LeaseLostException(reason);
        }
        catch (Exception error) when (error is not JournalUnreachableException)
        {
            await EndBrokenAsync(journal, error is OperationCanceledException ? "interrupted" : error.Message);
            throw;
        }
    }

    private static async Task EndBrokenAsync(ApplyJournal journal, string reason)
    {
        try
        {
            await journal.EndAsync(EntryOutcome.Interrupted, reason, CancellationToken.None);
        }
        catch (JournalUnreachableException)
        {
            // The error that broke the change off is the one to report; in the journal it ends as one that was killed.
        }
    }
}
