using Millrace.Core.Backfill;
using Millrace.Core.Sql;

namespace Millrace.Core.Journal;

/// <summary>
/// The journal's table and what is sent to it. It belongs to Millrace, not to a project: it carries no mark, and plans
/// neither see nor remove it.
/// </summary>
public static class JournalTable
{
    /// <summary>Database of Millrace's own tables on storage nodes.</summary>
    public const string Database = "millrace";

    public const string Name = "journal";

    public const string CreateDatabase = $"CREATE DATABASE IF NOT EXISTS {Database} ENGINE = Atomic";

    /// <summary>The condition on <c>system.tables</c> for tables that are Millrace's own: journal, locks, and what backfills keep.</summary>
    public const string IsOwn =
        $"(database = '{Database}' AND (name IN ('{Name}', 'lock', '{BackfillTable.Name}') OR startsWith(name, 'lock_') OR startsWith(name, 'backfill_lock_')))";

    /// <summary>Two rows per entry: one before it runs and one after.</summary>
    /// <param name="replica">The node's name where storage is replicated; null where it is not.</param>
    public static string Create(string? replica) => $"""
        CREATE TABLE IF NOT EXISTS {Database}.{Name}
        (
            recorded_at DateTime64(3, 'UTC'),
            kind LowCardinality(String) COMMENT 'apply or step',
            apply_id String,
            plan_id String,
            project LowCardinality(String),
            step UInt32 COMMENT 'number in the plan, from 1',
            node LowCardinality(String),
            role LowCardinality(String),
            object String,
            owner String,
            action LowCardinality(String),
            phase LowCardinality(String),
            risk LowCardinality(String),
            statement_hash String COMMENT 'SHA-256 of statements',
            statements String COMMENT 'without secrets' CODEC(ZSTD(1)),
            outcome LowCardinality(String) COMMENT 'started, done, failed, skipped, interrupted',
            error_code Int32,
            error String,
            duration_ms UInt64,
            steps UInt32 COMMENT 'of an apply: steps times nodes',
            user String,
            host String,
            pid UInt32,
            command String,
            revision String COMMENT 'git revision of the project',
            dirty Bool COMMENT 'uncommitted changes in the project',
            started_at DateTime64(3, 'UTC')
        )
        ENGINE = {Engine(replica)}
        PARTITION BY toYear(recorded_at)
        ORDER BY (apply_id, kind, step, node, recorded_at)
        COMMENT 'Every step that Millrace ran on every node'
        """;

    /// <summary>
    /// Rows follow as JSON, one per step: the server spreads each over its nodes, so that a step on 100 nodes is sent once.
    /// </summary>
    public const string Insert = $"""
        INSERT INTO {Database}.{Name}
        (recorded_at, kind, apply_id, plan_id, project, step, node, role, object, owner, action, phase, risk, statement_hash, statements,
         outcome, error_code, error, duration_ms, steps, user, host, pid, command, revision, dirty, started_at)
        SELECT fromUnixTimestamp64Milli(recorded_at), kind, apply_id, plan_id, project, step, run.1, role, object, owner, action, phase, risk,
          statement_hash, statements, run.2, run.3, run.4, run.5, steps, user, host, pid, command, revision, dirty,
          fromUnixTimestamp64Milli(run.6)
        FROM
        (
          SELECT *, arrayJoin(runs) AS run FROM input('
            recorded_at Int64, kind String, apply_id String, plan_id String, project String, step UInt32, role String, object String,
            owner String, action String, phase String, risk String, statement_hash String, statements String,
            runs Array(Tuple(String, String, Int32, String, UInt64, Int64)), steps UInt32,
            user String, host String, pid UInt32, command String, revision String, dirty Bool')
        )
        FORMAT JSONEachRow

        """;

    /// <summary>The newest applies that fit, as far as this node knows.</summary>
    public static string SelectApplies(JournalFilter filter) => $"""
        SELECT apply_id, plan_id, project, user, host, pid, command, revision, dirty, outcome, error, steps,
          toUnixTimestamp64Milli(started_at), duration_ms
        FROM {Database}.{Name}
        WHERE kind = 'apply'{ApplyIs(filter)}{Since(filter)}{WithSteps(filter)}
        ORDER BY apply_id DESC, outcome = 'started' LIMIT 1 BY apply_id LIMIT {filter.Limit}
        FORMAT JSONCompactEachRow
        """;

    /// <summary>The entries of some applies that fit.</summary>
    public static string SelectEntries(JournalFilter filter, IEnumerable<string> applies) => $"""
        SELECT apply_id, step, node, role, object, owner, action, phase, risk, statement_hash,
          {(filter.WithStatements ? "statements" : "''")}, outcome, error_code, error, duration_ms, toUnixTimestamp64Milli(started_at)
        FROM {Database}.{Name}
        WHERE kind = 'step' AND apply_id IN ({string.Join(", ", applies.Select(Quote.Text))}){StepIs(filter)}
        ORDER BY apply_id DESC, step, node, outcome = 'started' LIMIT 1 BY apply_id, step, node
        FORMAT JSONCompactEachRow
        """;

    private static string Engine(string? replica) => replica is null
        ? "MergeTree"
        : $"ReplicatedMergeTree('/clickhouse/tables/{Database}/{Name}', {Quote.Text(replica)})";

    private static string ApplyIs(JournalFilter filter) =>
        filter.Apply is { } apply ? $" AND startsWith(apply_id, {Quote.Text(apply)})" : "";

    private static string Since(JournalFilter filter) =>
        filter.Since is { } since ? $" AND started_at >= fromUnixTimestamp64Milli({since.ToUnixTimeMilliseconds()})" : "";

    private static string WithSteps(JournalFilter filter) => StepIs(filter) is { Length: > 0 } steps
        ? $" AND apply_id IN (SELECT apply_id FROM {Database}.{Name} WHERE kind = 'step'{steps})"
        : "";

    private static string StepIs(JournalFilter filter) =>
        (filter.Node is { } node ? $" AND node = {Quote.Text(node)}" : "")
        + (filter.Object is { } name ? $" AND (object = {Quote.Text(name)} OR endsWith(object, {Quote.Text("." + name)}))" : "");
}
