using Millrace.Core.Journal;
using Millrace.Core.Sql;

namespace Millrace.Core.Backfill;

/// <summary>
/// The table on each storage node that says how far backfills are there. Rows are only added; the newest of a key
/// counts. It belongs to Millrace, not to a project.
/// </summary>
public static class BackfillTable
{
    public const string Name = "backfill";

    /// <summary>On disk before the statement returns: what is written here decides what is done after a crash.</summary>
    public const string Create = $"""
        CREATE TABLE IF NOT EXISTS {JournalTable.Database}.{Name}
        (
            recorded_at DateTime64(3, 'UTC') DEFAULT now64(3),
            job String,
            kind LowCardinality(String) COMMENT 'job, control, shard, unit or pause',
            key String COMMENT 'of a unit or a node',
            state LowCardinality(String),
            seq UInt64,
            data String CODEC(ZSTD(1))
        )
        ENGINE = MergeTree ORDER BY (job, kind, key, seq)
        SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
        COMMENT 'How far backfills are on this node'
        """;

    /// <param name="rows">Kind, key, state and data of each.</param>
    public static string Write(string job, IEnumerable<(string Kind, string Key, string State, string Data)> rows) =>
        $"INSERT INTO {JournalTable.Database}.{Name} (job, kind, key, state, seq, data) "
        + $"WITH (SELECT max(seq) + 1 FROM {JournalTable.Database}.{Name} WHERE job = {Quote.Text(job)}) AS _next "
        + string.Join(" UNION ALL ", rows.Select((row, i) =>
            $"SELECT {Quote.Text(job)}, {Quote.Text(row.Kind)}, {Quote.Text(row.Key)}, {Quote.Text(row.State)}, _next + {i}, {Quote.Text(row.Data)}"));

    /// <summary>The newest state of every key of a job: kind, key, state, data, milliseconds since 1970.</summary>
    public static string Read(string job) => $"""
        SELECT kind, key, argMax(state, seq), argMax(data, seq), toUnixTimestamp64Milli(max(recorded_at))
        FROM {JournalTable.Database}.{Name} WHERE job = {Quote.Text(job)} GROUP BY kind, key ORDER BY kind, key FORMAT JSONCompactEachRow
        """;

    /// <summary>Every job this node knows, newest first: its definition, and how far its shard is here, empty while that has not begun.</summary>
    public const string Jobs = $"""
        SELECT argMaxIf(data, seq, kind = 'job'), argMaxIf(state, seq, kind = 'shard') FROM {JournalTable.Database}.{Name} WHERE kind IN ('job', 'shard')
        GROUP BY job HAVING countIf(kind = 'job') > 0 ORDER BY minIf(recorded_at, kind = 'job') DESC FORMAT JSONCompactEachRow
        """;
}
