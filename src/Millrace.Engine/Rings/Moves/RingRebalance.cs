using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using Millrace.Core.Compile;
using Millrace.Core.Journal;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Core.Rings.Moves;
using Millrace.Engine.Apply;
using Millrace.Engine.Journal;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Rings.Moves;

/// <summary>Moves old rows to the shards that hold their layers now, some layers at a time, under the lock of the fleet and written to its journal.</summary>
/// <param name="statements">Runs the statements that change something; the lock and the journal use <paramref name="connector"/>.</param>
public sealed class RingRebalance(Project project, Ring ring, INodeConnector connector, INodeConnector statements, FleetObserver observer, TimeProvider? time = null)
{
    private static readonly StatementOptions Patient = new() { Timeout = TimeSpan.FromHours(1) };

    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private readonly FleetGuard guard = new(connector, time ?? TimeProvider.System);
    private readonly MovePlanner planner = new(project, ring);

    /// <summary>How many rows of which layer lie on which shard although another one holds it.</summary>
    /// <exception cref="UserErrorException">The ring's tables cannot be moved.</exception>
    public async Task<ImmutableArray<MisplacedRows>> FindAsync(CancellationToken cancel)
    {
        if (planner.Obstacles().ToList() is { Count: > 0 } obstacles)
            throw new UserErrorException(string.Join('\n', obstacles));
        var found = await Task.WhenAll(
            from table in planner.Tables
            from shard in planner.Shards
            select FindAsync(table.Pipeline.Table!.Table, shard.Node, planner.Misplaced(table, shard.Node.Shard), cancel));
        return [.. found.SelectMany(rows => rows)];
    }

    /// <summary>The move that was begun and has not ended; null when there is none.</summary>
    public async Task<(RingMove Move, MovePhase Phase)?> UnfinishedAsync(CancellationToken cancel) =>
        await Store(connector).UnfinishedAsync(project.Name, isStrict: true, cancel);

    /// <exception cref="UserErrorException">A move has begun and not ended: an apply would let queries see rows twice.</exception>
    public static async Task RequireNoneUnfinishedAsync(Project project, ImmutableArray<StorageNode> storage, CancellationToken cancel)
    {
        if (await new MoveStore(storage).UnfinishedAsync(project.Name, isStrict: false, cancel) is var (move, phase))
            throw new UserErrorException(
                $"rows of the ring `{move.Ring}` are on their way ({phase}), and were left there. Nothing was changed. End it:  millrace ring rebalance {move.Ring}");
    }

    /// <summary>Ends what was begun, and then moves what lies elsewhere.</summary>
    /// <returns>How many moves ended.</returns>
    /// <exception cref="LockHeldException">Somebody else changes the fleet.</exception>
    /// <exception cref="LeaseLostException">The lock was lost on the way; run again, it goes on where it was.</exception>
    /// <exception cref="MoveStoppedException">It must not go on; what was begun last is taken back.</exception>
    public Task<int> RunAsync(RebalanceOptions options, IMoveListener listener, CancellationToken cancel) =>
        UnderLockAsync(options, listener, (nodes, stop) => RunAsync(options, nodes, listener, stop), cancel);

    /// <summary>Takes back what was begun.</summary>
    /// <returns>1, or 0 when there was nothing.</returns>
    public Task<int> UndoAsync(RebalanceOptions options, IMoveListener listener, CancellationToken cancel) =>
        UnderLockAsync(options, listener, async (nodes, stop) =>
        {
            if (await UnfinishedAsync(stop) is not var (move, phase))
                return 0;
            await new MoveRun(move, Store(nodes), ByName(nodes), listener, options.Patience).UndoAsync(phase, stop);
            return 1;
        }, cancel);

    private async Task<int> RunAsync(RebalanceOptions options, INodeConnector over, IMoveListener listener, CancellationToken cancel)
    {
        var (store, nodes, moves) = (Store(over), ByName(over), 0);
        await store.PrepareAsync(cancel);
        if (await UnfinishedAsync(cancel) is var (begun, phase))
        {
            if (begun.Ring != ring.Name)
                throw new UserErrorException($"rows of the ring `{begun.Ring}` are on their way: end that first");
            if (phase == MovePhase.Copying)
                await RequireWritersAsync(cancel);
            await new MoveRun(begun, store, nodes, listener, options.Patience).RunAsync(phase, cancel);
            moves++;
        }

        var misplaced = (await FindAsync(cancel)).Select(rows => rows.Layer).Distinct().Order().ToList();
        foreach (var layers in misplaced.Chunk(options.LayersAtOnce))
        {
            await RequireWritersAsync(cancel);
            var move = planner.Plan($"{clock.GetUtcNow():yyyyMMddHHmmss}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(2))}", [.. layers], options.OlderMayWin);
            await RequireAloneAsync(move, nodes, cancel);
            await store.WriteAsync(move, MovePhase.Copying, cancel);
            await new MoveRun(move, store, nodes, listener, options.Patience).RunAsync(MovePhase.Copying, cancel);
            moves++;
        }

        return moves;
    }

    private async Task RequireWritersAsync(CancellationToken cancel)
    {
        var writers = await new RingSettlement(connector).FindWritersAsync(project, ring, cancel);
        if (!writers.IsEmpty)
            throw new UserErrorException($"rows may still be written as another epoch placed them, so none are moved:\n  {string.Join("\n  ", writers)}");
    }

    /// <summary>What reads a table and is not ours would go on reading it without masks.</summary>
    private async Task RequireAloneAsync(RingMove move, IReadOnlyDictionary<string, StorageNode> nodes, CancellationToken cancel)
    {
        var problems = await Task.WhenAll(nodes.Values.Select(node => StrangersAsync(move, node, cancel)));
        if (problems.SelectMany(found => found).ToList() is { Count: > 0 } strangers)
            throw new UserErrorException($"nothing was moved, for these would see rows twice or not at all meanwhile:\n  {string.Join("\n  ", strangers)}");
    }

    private async Task<List<string>> StrangersAsync(RingMove move, StorageNode node, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var table in move.Tables)
        {
            var naming = new Naming(project);
            var sink = planner.Tables.First(known => naming.Data(known.Pipeline.Table!) == table.Data).Pipeline.Table!;
            var row = new RowReader(await node.Connection.QueryAsync(
                MoveSql.Strangers(table, [naming.Read(sink), naming.Writable(sink)]), cancel: cancel));
            while (row.NextRow())
                found.Add($"{node.Name}: {row.Text()}");
        }

        return found;
    }

    private async Task<List<MisplacedRows>> FindAsync(string table, Node node, string sql, CancellationToken cancel)
    {
        var found = new List<MisplacedRows>();
        var row = new RowReader(await connector.Connect(node.Http, project.Fleet.Connect).QueryAsync(sql, Patient, cancel));
        while (row.NextRow())
        {
            var layer = (int)row.Integer();
            found.Add(new MisplacedRows(table, layer, node.Shard, ring.Lock!.Current.Assignment.ShardOfLayer[layer], row.Integer()));
        }

        return found;
    }

    private async Task<int> UnderLockAsync(
        RebalanceOptions options, IMoveListener listener, Func<INodeConnector, CancellationToken, Task<int>> act, CancellationToken cancel)
    {
        var observed = await observer.ObserveAsync(project.Fleet, cancel: cancel);
        var (id, holder) = (guard.NewId(), LocalProcess.Holder(options.Redaction));
        var (lease, store, _) = await guard.EnterAsync(project.Fleet, observed, new LockRequest(holder, id, options.Wait, options.Force, listener.Note), cancel);
        await using var held = lease;
        var steps = MoveSteps.Of(project, ring, planner);
        var info = new ApplyInfo(id, PlanId.Of(steps), project.Name, holder, options.Revision.Commit, options.Revision.Dirty);
        var journal = new ApplyJournal(store, info, steps, new JournalText(options.Redaction), () => lease.Now);
        await journal.BeginAsync(cancel);
        var items = steps.Steps.SelectMany(step => step.Nodes.Select(node => new NodeStep(step, node))).ToList();
        return await FleetGuard.RunAsync(
            lease,
            journal,
            async stop =>
            {
                await journal.PhaseStartingAsync(Phase.ContractStorage, items, stop);
                var since = Stopwatch.GetTimestamp();
                var moves = await act(new FencedConnector(statements, lease), stop);
                var outcome = new StepOutcome(StepResult.Done, Stopwatch.GetElapsedTime(since));
                await journal.PhaseFinishedAsync([.. items.Select(item => (item, outcome))], CancellationToken.None);
                return (moves, true);
            },
            cancel);
    }

    private MoveStore Store(INodeConnector over) => new(StorageNodes.Declared(project.Fleet, over));

    private ImmutableDictionary<string, StorageNode> ByName(INodeConnector over) => project.Fleet.Nodes
        .ToImmutableDictionary(node => node.Name, node => new StorageNode(node.Name, over.Connect(node.Http, project.Fleet.Connect)), StringComparer.Ordinal);
}
