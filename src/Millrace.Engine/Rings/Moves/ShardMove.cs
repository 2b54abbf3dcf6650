using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Rings.Moves;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Backfill;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Rings.Moves;

/// <summary>A move's work on one shard.</summary>
internal sealed class ShardMove(RingMove move, MoveShard shard, StorageNode node)
{
    /// <summary>Written out, whatever the node's profile says.</summary>
    private static readonly StatementOptions Copying = new()
    {
        Idempotent = false,
        Timeout = TimeSpan.FromHours(24),
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["insert_deduplicate"] = "0", ["optimize_on_insert"] = "0", ["max_partitions_per_insert_block"] = "0", ["max_execution_time"] = "0",
            ["async_insert"] = "0", ["insert_allow_materialized_columns"] = "1", ["priority"] = "10",
        },
    };

    private static readonly StatementOptions Patient = new() { Timeout = TimeSpan.FromHours(24) };

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    private readonly MoveSql sql = new(move, shard);
    private readonly Dictionary<ObjectName, (string Stored, string Readable)> columns = [];

    public string Node => node.Name;

    public int Gains => shard.Gains.Length;

    /// <summary>INSERTs under way end, then the tables are cloned, each in one instant: the clones share their files.</summary>
    public async Task SnapshotAsync(CancellationToken cancel)
    {
        await RunAsync(MoveSql.CreateDatabase, cancel);
        await DropAsync(cancel);
        foreach (var table in move.Tables)
        {
            if ((await MutationsAsync(table, cancel)).Running > 0)
                throw new MoveStoppedException($"{node.Name}: a mutation of {table.Data} is under way: let it end first");
            await RunAsync(MoveSql.StopExpiry(table), cancel);
            await EmptyAsync(table, sql.Snapshot(table), cancel);
        }

        var quiet = await InsertPaths.FindAsync([.. move.Tables.Select(table => table.Data)], move.Id, node, cancel);
        await quiet.LetInsertsEndAsync(cancel);
        foreach (var table in move.Tables)
            await RunAsync(BackfillSql.Attach(table.Data, sql.Snapshot(table)), cancel);
    }

    public async Task CopyAsync(CancellationToken cancel)
    {
        foreach (var table in move.Tables)
        {
            await EmptyAsync(table, sql.Stage(table), cancel);
            if (!shard.Gains.IsEmpty)
                await node.Connection.ExecuteAsync(sql.Copy(table, await StoredAsync(table, cancel)), Copying, cancel);
        }
    }

    /// <summary>By table and layer: rows, and the sum of their hashes.</summary>
    public async Task<Dictionary<(ObjectName Table, long Layer), (long Rows, ulong Sum)>> AmountsAsync(bool came, CancellationToken cancel)
    {
        var found = new Dictionary<(ObjectName, long), (long, ulong)>();
        foreach (var table in move.Tables)
        {
            var list = await StoredAsync(table, cancel);
            var row = new RowReader(await node.Connection.QueryAsync(came ? sql.Came(table, list) : sql.Left(table, list), Patient, cancel));
            while (row.NextRow())
                found[(table.Data, row.Integer())] = (row.Integer(), ulong.Parse(row.Text(), System.Globalization.CultureInfo.InvariantCulture));
        }

        return found;
    }

    public async Task MaskAsync(CancellationToken cancel)
    {
        foreach (var table in move.Tables)
        {
            var (_, readable) = await ColumnsAsync(table, cancel);
            await RunAsync(sql.MaskBefore(table, readable, (await PartsAsync(sql.Stage(table), cancel)).Keys), cancel);
            await RunAsync(sql.MaskAfter(table, readable), cancel);
        }
    }

    /// <summary>Twice attached would be doubled; parts keep their ids, so what is there already is found.</summary>
    /// <param name="wasBegun">A former runner may have attached some or all.</param>
    public async Task AttachAsync(bool wasBegun, CancellationToken cancel)
    {
        foreach (var table in move.Tables)
        {
            var staged = await PartsAsync(sql.Stage(table), cancel);
            if (staged.Count == 0 || (await AttachedAsync(table, staged, cancel)).Length == staged.Count)
                continue;
            if (wasBegun)
                await RequireNoneMergedAsync(table, staged, cancel);
            await DetachAsync(table, staged, cancel); // A server died in the middle of it.
            await RunAsync(BackfillSql.Attach(sql.Stage(table), table.Data), cancel);
            if ((await AttachedAsync(table, staged, cancel)).Length != staged.Count)
                throw new MoveStoppedException($"{node.Name}: not every copied part of {table.Data} is there under its id after it was attached");
        }
    }

    /// <summary>A copy that was merged has lost its id, and attaching it again would double it.</summary>
    private async Task RequireNoneMergedAsync(MovedTable table, Dictionary<string, string> staged, CancellationToken cancel)
    {
        var merged = await NumberAsync(sql.Unmasked(table, await StoredAsync(table, cancel), staged.Keys), cancel);
        if (merged > 0)
            throw new UserErrorException(
                $"{node.Name}: {merged:N0} rows of {table.Data} are there that are copies, or equal to copies, and not in the parts that were copied: somebody merged them (OPTIMIZE), or the stream had them twice. "
                + "Attaching them again might double them, so nothing is done. See docs/decisions/ring-rebalance.md");
    }

    public async Task UndoAttachAsync(CancellationToken cancel)
    {
        foreach (var table in move.Tables)
            await DetachAsync(table, await PartsAsync(sql.Stage(table), cancel), cancel);
    }

    /// <exception cref="MoveStoppedException">A copy would replace a row that is newer.</exception>
    public async Task RequireNoneReplacedAsync(CancellationToken cancel)
    {
        foreach (var table in move.Tables.Where(table => table.Replaces && !table.HasVersion && !move.OlderMayWin && !shard.Gains.IsEmpty))
        {
            var copies = (await PartsAsync(sql.Stage(table), cancel)).Keys;
            var replaced = await NumberAsync(sql.Replaced(table, await StoredAsync(table, cancel), copies), cancel);
            if (replaced > 0)
                throw new MoveStoppedException(
                    $"{node.Name}: {replaced:N0} rows of {table.Data} have the sorting key of an older, different row that would come to them, and without a version column the one written last stays: the older. "
                    + "Give the engine a version column; or say --older-may-win if it does not matter which stays");
        }
    }

    /// <exception cref="MoveStoppedException">Rows came that nobody copied.</exception>
    public async Task RequireNoStragglersAsync(CancellationToken cancel)
    {
        foreach (var table in move.Tables.Where(_ => !shard.Loses.IsEmpty))
        {
            var late = await NumberAsync(sql.Stragglers(table, await StoredAsync(table, cancel)), cancel);
            if (late > 0)
                throw new MoveStoppedException(
                    $"{node.Name}: while rows were copied, {late:N0} rows or mutations more came to {table.Data} although their layers belong on other shards: something writes past the ring. See `millrace doctor`");
        }
    }

    /// <summary>From here on nothing is told by its part, so merges run again. What a former runner left the server doing is not asked for twice.</summary>
    public async Task RemoveAsync(CancellationToken cancel)
    {
        await StartMergesAsync(cancel);
        foreach (var table in move.Tables.Where(_ => !shard.Loses.IsEmpty))
        {
            await LetMutationsEndAsync(table, cancel);
            var list = await StoredAsync(table, cancel);
            if (await NumberAsync(sql.Unremoved(table, list), cancel) > 0)
                await node.Connection.ExecuteAsync(sql.Remove(table, list), Patient with { Idempotent = false }, cancel);
        }
    }

    public async Task<bool> HasMasksAsync(CancellationToken cancel) => await NumberAsync(sql.Masks(), cancel) == move.Tables.Length;

    public async Task StopMergesAsync(CancellationToken cancel)
    {
        foreach (var statement in move.Tables.SelectMany(MoveSql.StopMerges))
            await RunAsync(statement, cancel);
    }

    public async Task StartMergesAsync(CancellationToken cancel)
    {
        foreach (var statement in move.Tables.SelectMany(MoveSql.StartMerges))
            await RunAsync(statement, cancel);
    }

    public async Task DropAsync(CancellationToken cancel)
    {
        foreach (var name in sql.Own())
            await RunAsync(MoveSql.Drop(name), cancel);
    }

    /// <summary>A table like another, without merges and without a TTL.</summary>
    private async Task EmptyAsync(MovedTable like, ObjectName name, CancellationToken cancel)
    {
        var hasTtl = await NumberAsync(MoveSql.HasTtl(like), cancel) > 0;
        foreach (var statement in BackfillSql.Empty(like.Data, name, hasTtl))
            await RunAsync(statement, cancel);
    }

    private async Task LetMutationsEndAsync(MovedTable table, CancellationToken cancel)
    {
        for (; await MutationsAsync(table, cancel) is { Running: > 0 } left; await Task.Delay(AskEvery, cancel))
            if (left.Trouble.Length > 0)
                throw new UserErrorException($"{node.Name}: a mutation of {table.Data} does not come to its end: {left.Trouble}\nSee system.mutations there, and run this again");
    }

    private async Task<(long Running, string Trouble)> MutationsAsync(MovedTable table, CancellationToken cancel)
    {
        var row = new RowReader(await node.Connection.QueryAsync(MoveSql.Mutations(table), Patient, cancel));
        return row.NextRow() ? (row.Integer(), row.Text()) : default;
    }

    private async Task DetachAsync(MovedTable table, Dictionary<string, string> staged, CancellationToken cancel)
    {
        foreach (var name in await AttachedAsync(table, staged, cancel))
            await RunAsync($"ALTER TABLE {Quote.Name(table.Data)} DROP PART {Quote.Text(name)}", cancel);
    }

    private async Task<ImmutableArray<string>> AttachedAsync(MovedTable table, Dictionary<string, string> staged, CancellationToken cancel) =>
        [.. (await PartsAsync(table.Data, cancel)).Where(part => staged.ContainsKey(part.Key)).Select(part => part.Value)];

    /// <summary>Names of a table's parts by their ids.</summary>
    private async Task<Dictionary<string, string>> PartsAsync(ObjectName table, CancellationToken cancel)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var row = new RowReader(await node.Connection.QueryAsync(MoveSql.PartIds(table), cancel: cancel));
        while (row.NextRow())
            parts[row.Text()] = row.Text();
        return parts;
    }

    private async Task<string> StoredAsync(MovedTable table, CancellationToken cancel) => (await ColumnsAsync(table, cancel)).Stored;

    private async Task<(string Stored, string Readable)> ColumnsAsync(MovedTable table, CancellationToken cancel)
    {
        if (!columns.TryGetValue(table.Data, out var lists))
        {
            var row = new RowReader(await node.Connection.QueryAsync(MoveSql.Columns(table), cancel: cancel));
            row.NextRow();
            columns.Add(table.Data, lists = (row.Text(), row.Text()));
        }

        return lists;
    }

    private Task RunAsync(string statement, CancellationToken cancel) =>
        node.Connection.ExecuteAsync(statement, new StatementOptions { Idempotent = false }, cancel);

    private async Task<long> NumberAsync(string query, CancellationToken cancel)
    {
        var row = new RowReader(await node.Connection.QueryAsync(query, Patient, cancel));
        return row.NextRow() ? row.Integer() : 0;
    }
}
