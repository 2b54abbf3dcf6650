using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Breaking;
using Millrace.Core.Compile;
using Millrace.Core.Lineage;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Lab;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Breaking;

/// <summary>
/// One role in a lab whose objects really work: rows that are put in flow through views and proxies. What would reach
/// out (Kafka and the like) or wait for others (replicas) is replaced by a table that behaves the same on its own.
/// </summary>
internal sealed class RoleRig(string role, INodeConnection node, string database)
{
    private const string NotTheServers = $"database NOT IN ({ServerDatabases.Names})";

    /// <summary>Engines that connect elsewhere, and consume or fail when something is attached to them.</summary>
    private const string Outside =
        "'Kafka', 'RabbitMQ', 'NATS', 'S3Queue', 'AzureQueue', 'PostgreSQL', 'MySQL', 'MongoDB', 'Redis', 'S3', 'URL', 'HDFS', 'FileLog', 'KeeperMap', "
        + "'MaterializedPostgreSQL', 'ODBC', 'JDBC', 'Iceberg', 'DeltaLake', 'Hudi', 'AzureBlobStorage'";

    private const int UnknownStorage = 56;

    private const int Parallelism = 4;

    /// <summary>DATABASE_ALREADY_EXISTS, FUNCTION_ALREADY_EXISTS, NAMED_COLLECTION_ALREADY_EXISTS: databases are made ahead, the others outlive a world.</summary>
    private static readonly int[] Known = [82, 609, 670];

    /// <summary>Settings under which the world is made.</summary>
    public StatementOptions Tolerating { get; } = Tolerant(database);

    private readonly Dictionary<string, ObjectShape> _originals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Path, string Replica)> _replicas = new(StringComparer.Ordinal);
    private bool _isBlank;

    /// <summary>What is known of type paths: the engine does the same with them in every world.</summary>
    public ConcurrentDictionary<TypePath, CastVerdict> Verdicts { get; } = new();

    public string Role => role;

    /// <summary>Where names without a database belong.</summary>
    public string Database => database;

    public INodeConnection Node => node;

    /// <summary>Empties the lab and makes the project's own database.</summary>
    public async Task ResetAsync(CancellationToken cancel)
    {
        if (_isBlank)
            return;
        _originals.Clear();
        await LabSql.EmptyAsync(node, cancel);
        await ForgetReplicasAsync(cancel);
        if (database != "default")
            await node.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Quote.Name(database)}", cancel: cancel);
        _isBlank = true;
    }

    /// <summary>Runs a statement of the user's; the engine's refusal is an answer.</summary>
    public Task<EngineFault?> RunAsync(string sql, CancellationToken cancel) => RunAsync(sql, null, cancel);

    /// <param name="at">Where names without a database belong; null for the project's own.</param>
    public async Task<EngineFault?> RunAsync(string sql, string? at, CancellationToken cancel)
    {
        _isBlank = false;
        try
        {
            if (await ExecuteAsync(sql, In(InDatabase, at), cancel) is { } refusal)
                return refusal;
            if (sql.Contains("CREATE", StringComparison.OrdinalIgnoreCase))
                await SettleAsync(cancel);
            else if (sql.Contains("SYNC", StringComparison.OrdinalIgnoreCase))
                await ForgetReplicasAsync(cancel); // Without SYNC, a dropped table keeps its path for minutes, here as on a node.
            return null;
        }
        catch (ServerErrorException error)
        {
            return FaultOf(error);
        }
    }

    /// <summary>Creates an object; <see cref="SettleAsync"/> must follow before anything is attached to it.</summary>
    /// <param name="at">Where names without a database belong; null for the project's own.</param>
    public async Task<EngineFault?> CreateAsync(string sql, string? at, CancellationToken cancel)
    {
        _isBlank = false;
        try
        {
            return await ExecuteAsync(sql, In(Tolerating, at), cancel);
        }
        catch (ServerErrorException error)
        {
            return Known.Contains(error.Code) ? null : FaultOf(error);
        }
    }

    private static StatementOptions In(StatementOptions options, string? at) => at is null
        ? options
        : options with { Settings = new Dictionary<string, string>(options.Settings!, StringComparer.Ordinal) { ["database"] = at } };

    /// <returns>Why it was not run; null when it was.</returns>
    private async Task<EngineFault?> ExecuteAsync(string sql, StatementOptions options, CancellationToken cancel)
    {
        var here = Statements.WithoutOnCluster(sql);
        if (await LabReach.RefuseAsync(node, here, options, cancel) is { } refusal)
            return refusal;
        var plain = LabSql.WithIdentity(here);
        try
        {
            await node.ExecuteAsync(plain, options, cancel);
        }
        catch (ServerErrorException error) when (error.Code == UnknownStorage && LabSql.WithoutCloud(plain) is { } replicated)
        {
            await node.ExecuteAsync(LabSql.WithIdentity(replicated), options, cancel);
        }

        return null;
    }

    public static EngineFault FaultOf(ServerErrorException error) => new(error.Code, error.Name, error.Message);

    /// <summary>What the object was declared as, where the lab has a stand-in for it.</summary>
    public ObjectShape AsDeclared(string uuid, ObjectShape shape) =>
        _originals.TryGetValue(uuid, out var original)
            ? shape with
            {
                Engine = original.Engine,
                EngineFull = original.EngineFull,
                Columns = [.. shape.Columns.Where(column => !IsVirtual(column))],
                CreateQuery = shape.Columns.Where(column => !IsVirtual(column)).SequenceEqual(original.Columns) ? original.CreateQuery : shape.CreateQuery,
            }
            : shape;

    /// <summary>Objects with a stand-in, by the stand-in's identity.</summary>
    public bool IsStandIn(string uuid) => _originals.TryGetValue(uuid, out var original) && !original.Engine.EndsWith("MergeTree", StringComparison.Ordinal);

    public async Task<string> TextAsync(string sql, CancellationToken cancel) =>
        Encoding.UTF8.GetString(await node.QueryAsync(sql, InDatabase, cancel));

    /// <param name="settings">Beside those of every statement.</param>
    public async Task<string> TextAsync(string sql, IReadOnlyDictionary<string, string> settings, CancellationToken cancel)
    {
        var options = settings.Count == 0
            ? InDatabase
            : new StatementOptions { Settings = Settings(database).Concat(settings).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal) };
        return Encoding.UTF8.GetString(await node.QueryAsync(sql, options, cancel));
    }

    /// <summary>What a CREATE statement says by its syntax alone; null for what is none, or no SQL.</summary>
    public async Task<SyntaxOutline?> OutlineAsync(string sql, CancellationToken cancel) =>
        await SyntaxAsync(sql, cancel) is { } syntax ? SyntaxOutline.Read(syntax, database) : null;

    /// <summary>A statement as the engine reads it, line by line; null when it cannot.</summary>
    public async Task<string?> SyntaxAsync(string sql, CancellationToken cancel)
    {
        try
        {
            return await TextAsync($"EXPLAIN AST {Statements.WithoutOnCluster(sql)} FORMAT TSVRaw", cancel);
        }
        catch (ServerErrorException)
        {
            return null;
        }
    }

    /// <summary>Works in a database of its own that is not there before or after.</summary>
    public async Task InScratchAsync(string name, Func<Task> work, CancellationToken cancel)
    {
        await node.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Quote.Name(name)}", cancel: cancel);
        try
        {
            await work();
        }
        finally
        {
            await node.ExecuteAsync($"DROP DATABASE {Quote.Name(name)} SYNC", cancel: cancel);
        }
    }

    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Settings under which statements run: changes are finished when the statement returns.</summary>
    public StatementOptions InDatabase { get; } = new() { Settings = Settings(database) };

    /// <summary>Settings under which the world is made: what a fleet has, its servers have accepted once.</summary>
    private static StatementOptions Tolerant(string database) => new()
    {
        Settings = new Dictionary<string, string>(Settings(database), StringComparer.Ordinal)
        {
            ["allow_materialized_view_with_bad_select"] = "1",
            ["allow_suspicious_low_cardinality_types"] = "1",
            ["allow_suspicious_fixed_string_types"] = "1",
            ["allow_suspicious_indices"] = "1",
            ["allow_suspicious_codecs"] = "1",
            ["allow_suspicious_ttl_expressions"] = "1",
            ["allow_suspicious_primary_key"] = "1",
            ["allow_suspicious_variant_types"] = "1",
            ["allow_deprecated_syntax_for_merge_tree"] = "1",
            ["allow_nondeterministic_mutations"] = "1",
            ["allow_experimental_time_series_table"] = "1",
            ["allow_experimental_codecs"] = "1",
            ["allow_experimental_hash_functions"] = "1",
            ["allow_experimental_nlp_functions"] = "1",
            ["allow_experimental_funnel_functions"] = "1",
            ["allow_experimental_time_series_aggregate_functions"] = "1",
            ["allow_experimental_kafka_offsets_storage_in_keeper"] = "1",
            ["allow_experimental_nullable_tuple_type"] = "1",
            ["allow_experimental_window_view"] = "1",
        },
    };

    private static Dictionary<string, string> Settings(string database) => new(StringComparer.Ordinal)
    {
        ["database"] = database,
        ["mutations_sync"] = "2",
        ["alter_sync"] = "2",
        ["max_execution_time"] = "30",
        ["print_pretty_type_names"] = "0", // A type is one line, whatever it holds.
    };

    /// <summary>Replaces whatever would reach out or wait for others.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        var found = Lines(await TextAsync(
            $"""
            SELECT database, name, engine, toString(uuid) FROM system.tables WHERE {NotTheServers}
              AND (engine LIKE 'Replicated%' OR engine IN ({Outside}) OR (engine = 'Dictionary' AND empty(loading_dependencies_table)))
            FORMAT TSVRaw
            """,
            cancel)).Select(line => line.Split('\t')).Where(parts => !_originals.ContainsKey(parts[3])).ToList();
        if (found.Count == 0)
            return;
        var shapes = (await ObjectReader.ReadAsync(node, [.. found.Select(parts => new ObjectName(parts[0], parts[1]))], tellsViewTargets: true, cancel))
            .ToDictionary(item => item.Shape.Name, item => item.Shape);
        var replicas = await ReplicasAsync(cancel);
        await Parallel.ForEachAsync(
            shapes.Values,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel },
            async (shape, stop) => await (shape.Engine.StartsWith("Replicated", StringComparison.Ordinal) ? StandAloneAsync(shape.Name, stop)
                : shape.Engine == "Dictionary" ? EmptySourceAsync(shape, stop)
                : ReplaceAsync(shape, stop)));
        foreach (var parts in Lines(await TextAsync($"SELECT database, name, toString(uuid) FROM system.tables WHERE {NotTheServers} FORMAT TSVRaw", cancel)).Select(line => line.Split('\t')))
            if (shapes.GetValueOrDefault(new ObjectName(parts[0], parts[1])) is { } shape)
            {
                _originals[parts[2]] = shape;
                if (replicas.TryGetValue(shape.Name, out var replica))
                    _replicas[parts[2]] = replica;
            }
    }

    private async Task<Dictionary<ObjectName, (string Path, string Replica)>> ReplicasAsync(CancellationToken cancel) =>
        Lines(await TextAsync("SELECT database, table, zookeeper_path, replica_name FROM system.replicas FORMAT TSVRaw", cancel))
            .Select(line => line.Split('\t'))
            .ToDictionary(parts => new ObjectName(parts[0], parts[1]), parts => (parts[2], parts[3]));

    /// <summary>The Keeper's memory of replicas whose tables are gone.</summary>
    public async Task ForgetReplicasAsync(CancellationToken cancel)
    {
        if (_replicas.Count == 0)
            return;
        var alive = Lines(Encoding.UTF8.GetString(await node.QueryAsync("SELECT toString(uuid) FROM system.tables FORMAT TSVRaw", cancel: cancel))).ToHashSet(StringComparer.Ordinal);
        foreach (var (uuid, (path, replica)) in _replicas.Where(item => !alive.Contains(item.Key)).ToList())
        {
            await node.ExecuteAsync($"SYSTEM DROP REPLICA {Quote.Text(replica)} FROM ZKPATH {Quote.Text(path)}", cancel: cancel);
            _replicas.Remove(uuid);
        }
    }

    /// <summary>The engine itself turns a replica into a table of the same kind that needs nobody; its path stays taken.</summary>
    private async Task StandAloneAsync(ObjectName name, CancellationToken cancel)
    {
        await node.ExecuteAsync($"DETACH TABLE {Quote.Name(name)} SYNC", cancel: cancel);
        await node.ExecuteAsync($"ATTACH TABLE {Quote.Name(name)} AS NOT REPLICATED", cancel: cancel);
    }

    /// <summary>A dictionary whose source is no table here has the same attributes, and no rows; it asks nobody.</summary>
    private async Task EmptySourceAsync(ObjectShape dictionary, CancellationToken cancel)
    {
        if (Statements.WithClause(dictionary.CreateQuery, "SOURCE", "NULL()") is not { } empty)
            return;
        await node.ExecuteAsync($"DROP DICTIONARY {Quote.Name(dictionary.Name)} SYNC", LabSql.Unasked, cancel);
        await node.ExecuteAsync(empty, Tolerating, cancel);
    }

    private async Task ReplaceAsync(ObjectShape outside, CancellationToken cancel)
    {
        var columns = outside.Columns.Select(TableClone.Column).ToList();
        if (outside.Engine == "Kafka")
            columns.AddRange(KafkaVirtuals.All
                .Where(v => outside.Columns.All(column => column.Name != v.Name))
                .Select(v => $"{Quote.Name(v.Name)} {v.Type} MATERIALIZED {Virtual(v.Type)}"));
        await node.ExecuteAsync($"DROP TABLE {Quote.Name(outside.Name)} SYNC", LabSql.Unasked, cancel);
        await node.ExecuteAsync($"CREATE TABLE {Quote.Name(outside.Name)} ({string.Join(", ", columns)}) ENGINE = Memory", cancel: cancel);
    }

    /// <summary>Every message of today's brokers has a time, though the type allows for none.</summary>
    private static string Virtual(string type) => type.StartsWith("Nullable(DateTime", StringComparison.Ordinal)
        ? $"CAST('2026-01-02 03:04:05' AS {type})"
        : $"defaultValueOfTypeName({Quote.Text(type)})";

    private static bool IsVirtual(ColumnShape column) =>
        column.DefaultKind == "MATERIALIZED" && KafkaVirtuals.All.Any(v => v.Name == column.Name);
}
