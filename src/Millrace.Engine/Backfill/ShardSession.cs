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

    private StatementOptions reading = new() { Timeout = TimeSpan.FromHours(24) };

    public BackfillJob Job => job;

    public StorageNode Node => node;

    public IBackfillListener Listener => listener;

    public BackfillStore Store { get; } = new(node, job.Id);

    public int Generation { get; private set; } = 1;

    /// <summary>As far as this runner brought it, or found it.</summary>
    public ShardPhase Phase { get; private set; }

    /// <summary>Of a cut by time of arrival, in seconds since 1970.</summary>
    public long? Instant { get; private set; }

    /// <summary>Rows out of the topics that stand for the snapshot's, once they are there.</summary>
    public ReplayedRows? Replayed { get; set; }

    /// <summary>Shadow views read the sources and the cut is not written down: another try must begin by taking it back.</summary>
    public bool IsCutOpen { get; set; }

    public BackfillSql Sql => new(job, new BackfillNames(job.Id, Generation), Instant, Replayed);

    /// <summary>Looks for INSERTs that may reach a source.</summary>
    public QuietMoment Quiet { get; private set; } = new(node, job.Watched, [.. job.Watched.Select(table => table.Name)], job.Id, isStrict: true);

    /// <summary>Reads what the node knows, after whatever a former runner left running there has ended.</summary>
    public async Task<BackfillRecord> RecoverAsync(CancellationToken cancel)
    {
        await Store.PrepareAsync(cancel);
        await RunAsync($"KILL QUERY WHERE Settings['log_comment'] = {Quote.Text(FormerStatements.Comment(job.Id))} AND query_kind != 'KillQuery' AND query_id != queryID() SYNC", cancel);
        var (known, paths, plain) = (Store.ReadAsync(cancel), InsertPaths.FindAsync(job.Watched, job.Id, node, cancel), PlainReads.SettingsAsync(node, cancel));
        await Task.WhenAll(known, paths, plain);
        var record = await known;
        (Generation, Instant, Phase) = (record.Generation, record.Instant, record.Phase);
        (Quiet, reading) = (await paths, reading with { Settings = await plain });
        if (record.Phase == ShardPhase.Cutting || job.IsCheck)
            await ConsistentClones.StartMergesAsync(this, job.Sources.Concat(job.Targets.Select(target => target.Table)));
        return record;
    }

    /// <summary>Written down before anything depends on it.</summary>
    public async Task ChooseInstantAsync(long instant, CancellationToken cancel)
    {
        await Store.WriteAsync(BackfillKind.Instant, node.Name, "chosen", instant.ToString(CultureInfo.InvariantCulture), cancel);
        Instant = instant;
    }

    public Task ReachAsync(ShardPhase phase, CancellationToken cancel) => ReachAsync(phase, Generation, cancel);

    public Task ReachAsync(ShardPhase phase, int generation, CancellationToken cancel) => ReachAsync(phase, generation, [], cancel);

    /// <param name="with">Written down together with it: all or nothing.</param>
    public Task ReachAsync(ShardPhase phase, (BackfillKind Kind, string Key, string State, string Data) with, CancellationToken cancel) =>
        ReachAsync(phase, Generation, [with], cancel);

    private async Task ReachAsync(ShardPhase phase, int generation, ImmutableArray<(BackfillKind Kind, string Key, string State, string Data)> with, CancellationToken cancel)
    {
        await Store.WriteAsync([.. with, (BackfillKind.Shard, node.Name, phase.ToString(), generation.ToString(CultureInfo.InvariantCulture))], cancel);
        (Generation, Phase) = (generation, phase);
        listener.PhaseReached(node.Name, phase);
    }

    public Task RunAsync(string sql, CancellationToken cancel) => node.Connection.ExecuteAsync(sql, Once, cancel);

    /// <summary>Runs a statement that reads rows to store others.</summary>
    public Task FillAsync(string sql, ImmutableDictionary<string, string> settings, CancellationToken cancel) =>
        node.Connection.ExecuteAsync(sql, Once with { Settings = settings.AddRange(reading.Settings ?? settings.Clear()) }, cancel);

    public async Task RunAsync(IEnumerable<string> statements, CancellationToken cancel)
    {
        foreach (var statement in statements)
            await RunAsync(statement, cancel);
    }

    public Task DropAsync(IEnumerable<ObjectName> names, CancellationToken cancel) => RunAsync(names.Select(BackfillSql.Drop), cancel);

    public async Task<string> TextAsync(string sql, CancellationToken cancel) =>
        Encoding.UTF8.GetString(await node.Connection.QueryAsync(sql, reading, cancel));

    public async Task<long> NumberAsync(string sql, CancellationToken cancel)
    {
        var row = new RowReader(await node.Connection.QueryAsync($"{sql} FORMAT JSONCompactEachRow", reading, cancel));
        return row.NextRow() ? row.Integer() : 0;
    }

    public async Task<bool> HasTtlAsync(ObjectName table, CancellationToken cancel) =>
        await NumberAsync($"SELECT position(engine_full, ' TTL ') > 0 FROM system.tables WHERE database = {Quote.Text(table.Database)} AND name = {Quote.Text(table.Name)}", cancel) > 0;

    /// <summary>Throws when somebody asked to pause or to cancel.</summary>
    public async Task<BackfillRecord> CheckControlAsync(CancellationToken cancel)
    {
        var record = await Store.ReadAsync(cancel);
        return record.Control == BackfillControl.Run ? record : throw new BackfillStoppedException(record.Control);
    }

    /// <summary>The units of the shard, the same after every crash: they follow from the snapshots, which never change.</summary>
    public async Task<ImmutableArray<BackfillUnit>> UnitsAsync(CancellationToken cancel)
    {
        var units = ImmutableArray.CreateBuilder<BackfillUnit>();
        for (var source = 0; source < job.Sources.Length; source++)
            units.AddRange(BackfillUnit.Of(source, (await PartsAsync(Sql.Old(source), cancel)).Select(part => (part.Part, part.Rows)).ToList(), job.Limits.UnitRows, job.Limits.Parallelism));
        if (job.Range is not null && await KeptRowsAsync(cancel) is > 0 and var kept)
            units.Add(BackfillUnit.Kept(kept));
        return units.ToImmutable();
    }

    /// <summary>In the partitions of which a part is rebuilt, as they were at the cut.</summary>
    private async Task<long> KeptRowsAsync(CancellationToken cancel)
    {
        var parts = await Task.WhenAll(job.Targets.Select(target => PartsAsync(Sql.Names.Kept(target), cancel)));
        return parts.SelectMany(all => all).Where(part => job.Partitions.Contains(part.Partition)).Sum(part => part.Rows);
    }

    /// <summary>Everything of the job that is on the node, or what of it fits a condition over <c>system.tables</c>.</summary>
    public async Task<List<ObjectName>> NamesAsync(string condition, CancellationToken cancel)
    {
        var names = new List<ObjectName>();
        var row = new RowReader(await node.Connection.QueryAsync(
            $"SELECT name FROM system.tables WHERE database = '{BackfillNames.Database}' AND startsWith(name, {Quote.Text(job.Id + "_")}) AND {condition} FORMAT JSONCompactEachRow",
            cancel: cancel));
        while (row.NextRow())
            names.Add(new ObjectName(BackfillNames.Database, row.Text()));
        return names;
    }

    private async Task<List<(string Part, long Rows, string Partition)>> PartsAsync(ObjectName table, CancellationToken cancel)
    {
        var parts = new List<(string, long, string)>();
        var row = new RowReader(await node.Connection.QueryAsync(
            $"SELECT name, rows, partition_id FROM system.parts WHERE active AND database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)} ORDER BY partition_id, min_block_number FORMAT JSONCompactEachRow",
            cancel: cancel));
        while (row.NextRow())
            parts.Add((row.Text(), row.Integer(), row.Text()));
        return parts;
    }
}
