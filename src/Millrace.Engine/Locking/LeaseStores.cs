using System.Collections.Immutable;
using Millrace.Core.Journal;
using Millrace.Core.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>Where the lock of a fleet is: in Keeper where all storage nodes have it, on the first few storage nodes otherwise.</summary>
public static class LeaseStores
{
    /// <summary>More places make it less likely that two see none in common, and renewing slower.</summary>
    private const int Places = 3;

    private const string HasKeeperMap =
        $"SELECT count() FROM system.tables WHERE database = '{JournalTable.Database}' AND name = 'lock' FORMAT JSONCompactEachRow";

    /// <summary>Makes what is missing.</summary>
    /// <param name="storage">Those that answer, in the order of everybody.</param>
    public static async Task<ImmutableArray<ILeaseStore>> ForApplyAsync(
        ImmutableArray<StorageNode> storage, bool hasKeeper, CancellationToken cancel)
    {
        var first = storage.Take(Places).ToImmutableArray();
        await Task.WhenAll(first.Select(node => PrepareAsync(node, cancel)));
        var keeper = new KeeperLeaseStore(first, LeaseTiming.Default);
        if (hasKeeper && await keeper.PrepareAsync(cancel))
            return [keeper];
        return Tables(first);
    }

    /// <summary>The lock of backfills, which is another one than that of applies.</summary>
    public static async Task<ImmutableArray<ILeaseStore>> ForBackfillAsync(ImmutableArray<StorageNode> storage, CancellationToken cancel)
    {
        var first = storage.Take(Places).ToImmutableArray();
        await Task.WhenAll(first.Select(node => PrepareAsync(node, cancel)));
        return [.. first.Select(node => new TableLeaseStore(node, LeaseTiming.Default, TableLeaseStore.BackfillPrefix))];
    }

    /// <summary>The lock of backfills, to see who holds it; changes nothing.</summary>
    public static ImmutableArray<ILeaseStore> ForReadingBackfill(ImmutableArray<StorageNode> storage) =>
        [.. storage.Take(Places).Select(node => new TableLeaseStore(node, LeaseTiming.Default, TableLeaseStore.BackfillPrefix))];

    /// <summary>Changes nothing.</summary>
    public static async Task<ImmutableArray<ILeaseStore>> ForReadingAsync(ImmutableArray<StorageNode> storage, CancellationToken cancel)
    {
        foreach (var node in storage)
            if (await HasKeeperMapAsync(node, cancel))
                return [new KeeperLeaseStore([node], LeaseTiming.Default)];
        return Tables(storage);
    }

    private static async Task PrepareAsync(StorageNode node, CancellationToken cancel)
    {
        try
        {
            await node.Connection.ExecuteAsync(JournalTable.CreateDatabase, cancel: cancel);
        }
        catch (NodeUnreachableException)
        {
            // It went since it was observed; taking the lock passes over it too.
        }
    }

    private static async Task<bool> HasKeeperMapAsync(StorageNode node, CancellationToken cancel)
    {
        try
        {
            var row = new RowReader(await node.Connection.QueryAsync(HasKeeperMap, cancel: cancel));
            return row.NextRow() && row.Flag();
        }
        catch (NodeUnreachableException)
        {
            return false;
        }
    }

    private static ImmutableArray<ILeaseStore> Tables(IEnumerable<StorageNode> nodes) =>
        [.. nodes.Select(node => new TableLeaseStore(node, LeaseTiming.Default))];
}
