using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Millrace.Core.Backfill;
using Millrace.Core.Journal;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>One shard of one job: its node, its record, and the statements of its present generation.</summary>
internal sealed class ShardSession(BackfillJob job, StorageNode node, IBackfillListener listener)
{
    private static readonly StatementOptions Once = new() { Idempotent = false, Timeout = TimeSpan.FromHours(24) };

    public BackfillJob Job => job;

    public StorageNode Node => node;

    public IBackfillListener Listener => listener;

    public BackfillStore Store { get; } = new(node, job.Id);

    public int Generation { get; private set; } = 1;

    public BackfillSql Sql => new(job, new BackfillNames(job.Id, Generation));

    /// <summary>Looks for INSERTs that may reach a source.</summary>
    public QuietMoment Quiet { get; private set; } = new(node, job.Watched, job.Id, isStrict: false);

    /// <summary>Reads what the node knows, after whatever a former runner left running there has ended.</summary>
    public async Task<BackfillRecord> RecoverAsync(CancellationToken cancel)
    {
        await Store.PrepareAsync(cancel);
        await RunAsync($"KILL QUERY WHERE Settings['log_comment'] = {Quote.Text(FormerStatements.Comment(job.Id))} AND query_kind != 'KillQuery' AND query_id != queryID() SYNC", cancel);
        var record = await Store.ReadAsync(cancel);
        Generation = record.Generation;
        if (record.Phase == ShardPhase.Cutting)
            await ConsistentClones.StartMergesAsync(this, job.Sources);
        var others = string.Join(" OR ", job.Watched.Select(table => $"position(create_table_query, {Quote.Text($" TO {Quote.Name(table)} ")}) > 0"));
        var known = job.Targets.SelectMany(target => target.Views).Select(view => Quote.Text(view.Name));
        var strangers = await NumberAsync(
            $"SELECT count() FROM system.tables WHERE engine = 'MaterializedView' AND database != '{BackfillNames.Database}' AND NOT has([{string.Join(", ", known)}], name) AND ({others})", cancel);
        Quiet = new QuietMoment(node, job.Watched, job.Id, strangers > 0);
        return record;
    }

    public Task ReachAsync(ShardPhase phase, CancellationToken cancel) => ReachAsync(phase, Generation, cancel);

    public async Task ReachAsync(ShardPhase phase, int generation, CancellationToken cancel)
    {
        await Store.WriteAsync(BackfillKind.Shard, node.Name, phase.ToString(), generation.ToString(CultureInfo.InvariantCulture), cancel);
        Generation = generation;
        listener.PhaseReached(node.Name, phase);
    }

    public Task RunAsync(string sql, CancellationToken cancel) => node.Connection.ExecuteAsync(sql, Once, cancel);

    public Task RunAsync(string sql, IReadOnlyDictionary<string, string> settings, CancellationToken cancel) =>
        node.Connection.ExecuteAsync(sql, Once with { Settings = settings }, cancel);

    public async Task RunAsync(IEnumerable<string> statements, CancellationToken cancel)
    {
        foreach (var statement in statements)
            await RunAsync(statement, cancel);
    }

    public Task DropAsync(IEnumerable<ObjectName> names, CancellationToken cancel) => RunAsync(names.Select(BackfillSql.Drop), cancel);

    public async Task<string> TextAsync(string sql, CancellationToken cancel) =>
        Encoding.UTF8.GetString(await node.Connection.QueryAsync(sql, new StatementOptions { Timeout = TimeSpan.FromHours(24) }, cancel));

    public async Task<long> NumberAsync(string sql, CancellationToken cancel)
    {
        var row = new RowReader(await node.Connection.QueryAsync($"{sql} FORMAT JSONCompactEachRow", cancel: cancel));
        return row.NextRow() ? row.Integer() : 0;
    }

    /// <summary>Throws when somebody asked to pause or to cancel.</summary>
    public async Task CheckControlAsync(CancellationToken cancel)
    {
        var control = (await Store.ReadAsync(cancel)).Control;
        if (control != BackfillControl.Run)
            throw new BackfillStoppedException(control);
    }

    /// <summary>The units of the shard, the same after every crash: they follow from the snapshots, which never change.</summary>
    public async Task<ImmutableArray<BackfillUnit>> UnitsAsync(CancellationToken cancel)
    {
        var units = ImmutableArray.CreateBuilder<BackfillUnit>();
        for (var source = 0; source < job.Sources.Length; source++)
            units.AddRange(BackfillUnit.Of(source, await PartsAsync(Sql.Names.Snapshot(source), cancel), job.Limits.UnitRows));
        return units.ToImmutable();
    }

    private async Task<List<(string, long)>> PartsAsync(ObjectName table, CancellationToken cancel)
    {
        var parts = new List<(string, long)>();
        var row = new RowReader(await node.Connection.QueryAsync(
            $"SELECT name, rows FROM system.parts WHERE active AND database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)} ORDER BY partition_id, min_block_number FORMAT JSONCompactEachRow",
            cancel: cancel));
        while (row.NextRow())
            parts.Add((row.Text(), row.Integer()));
        return parts;
    }
}
