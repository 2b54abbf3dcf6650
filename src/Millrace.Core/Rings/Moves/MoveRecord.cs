using Millrace.Core.Journal;
using Millrace.Core.Sql;

namespace Millrace.Core.Rings.Moves;

/// <summary>The table on every storage node that says which moves there are and how far they came. Rows are only added.</summary>
public static class MoveRecord
{
    private const string Name = "ring_moves";

    /// <summary>On disk before the statement returns: what is written here decides what is done after a crash.</summary>
    public const string Create = $"""
        CREATE TABLE IF NOT EXISTS {JournalTable.Database}.{Name}
        (
            recorded_at DateTime64(3, 'UTC') DEFAULT now64(3),
            move String,
            phase UInt8,
            definition String CODEC(ZSTD(1))
        )
        ENGINE = MergeTree ORDER BY (move, phase)
        SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
        COMMENT 'How far rows are that move to the shards of their rings'
        """;

    /// <summary>Of every move its definition and how far it is.</summary>
    public const string Read =
        $"SELECT definition, max(phase) FROM {JournalTable.Database}.{Name} GROUP BY move, definition ORDER BY move FORMAT JSONCompactEachRow";

    public static string Write(RingMove move, MovePhase phase) =>
        $"INSERT INTO {JournalTable.Database}.{Name} (move, phase, definition) SELECT {Quote.Text(move.Id)}, {(int)phase}, {Quote.Text(move.ToJson())}";
}
