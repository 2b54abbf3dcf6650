using System.Collections.Immutable;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Rings.Moves;

/// <summary>The statements of a move on one storage node.</summary>
public sealed class MoveSql(RingMove move, MoveShard shard)
{
    public const string Database = "millrace_ring";

    /// <summary>What keeps merges from parts, by table.</summary>
    public static ImmutableArray<string> MergeSettings { get; } =
        ["max_bytes_to_merge_at_max_space_in_pool", "max_bytes_to_merge_at_min_space_in_pool", "max_number_of_merges_with_ttl_in_pool"];

    private const string NoMerges =
        "max_bytes_to_merge_at_max_space_in_pool = 1, max_bytes_to_merge_at_min_space_in_pool = 1, max_number_of_merges_with_ttl_in_pool = 0";

    public const string CreateDatabase = $"CREATE DATABASE IF NOT EXISTS {Database} ENGINE = Atomic";

    /// <summary>What there was of a table's rows at the instant it was cloned.</summary>
    public ObjectName Snapshot(MovedTable table) => new(Database, $"{move.Id}_snapshot_{table.Data.Name}");

    /// <summary>The copies that the shard gains.</summary>
    public ObjectName Stage(MovedTable table) => new(Database, $"{move.Id}_stage_{table.Data.Name}");

    /// <summary>Rows that lie here and belong elsewhere.</summary>
    public string Leaving(MovedTable table) => Among(table, shard.Loses);

    /// <summary>Fetches from the other shards what belongs here.</summary>
    public string Copy(MovedTable table, string columns) =>
        $"INSERT INTO {Quote.Name(Stage(table))} ({columns}) SELECT {columns} FROM cluster({Quote.Text(move.Cluster)}, {Quote.Text(Database)}, {Quote.Text(Snapshot(table).Name)}) "
        + $"WHERE _shard_num != {shard.Number} AND {Among(table, shard.Gains)}";

    /// <summary>Layer by layer, how many rows and what they amount to: of those that leave.</summary>
    public string Left(MovedTable table, string columns) => Amounts(table, columns, Snapshot(table), Leaving(table));

    /// <summary>The same of those that came.</summary>
    public string Came(MovedTable table, string columns) => Amounts(table, columns, Stage(table), "1");

    /// <summary>Ids of the parts of the copies, which they keep.</summary>
    public static string PartIds(ObjectName table) =>
        $"SELECT toString(uuid), name FROM system.parts WHERE active AND database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)} "
        + "AND uuid != toUUID('00000000-0000-0000-0000-000000000000') FORMAT JSONCompactEachRow";

    public string MaskBefore(MovedTable table, string columns, IReadOnlyCollection<string> copies) => Mask(
        table, table.Before, columns, copies.Count == 0 ? "1" : $"_part_uuid NOT IN ({string.Join(", ", copies.Select(Quote.Text))})");

    public string MaskAfter(MovedTable table, string columns) => Mask(table, table.After, columns, $"NOT ({Leaving(table)})");

    /// <summary>Rows that reached the table after it was copied although another shard holds their layer; and whether there are more than were copied.</summary>
    public string Stragglers(MovedTable table, string columns)
    {
        var (data, snapshot, leaving) = (Quote.Name(table.Data), Quote.Name(Snapshot(table)), Leaving(table));
        return $"""
            SELECT
              (SELECT count() FROM {data} WHERE {leaving} AND {Hash(columns)} NOT IN (SELECT {Hash(columns)} FROM {snapshot} WHERE {leaving}))
              + (SELECT if(now > before, now - before, 0) FROM (SELECT (SELECT count() FROM {data} WHERE {leaving}) AS now, (SELECT count() FROM {snapshot} WHERE {leaving}) AS before))
              + (SELECT count() FROM system.mutations WHERE database = {Quote.Text(table.Data.Database)} AND table = {Quote.Text(table.Data.Name)} AND NOT is_done)
            FORMAT JSONCompactEachRow
            """;
    }

    /// <summary>Rows that equal copies and are not in the parts of the copies.</summary>
    public string Unmasked(MovedTable table, string columns, IEnumerable<string> copies) =>
        $"SELECT count() FROM {Quote.Name(table.Data)} WHERE _part_uuid NOT IN ({string.Join(", ", copies.Select(Quote.Text))}) AND {Among(table, shard.Gains)} "
        + $"AND {Hash(columns)} IN (SELECT {Hash(columns)} FROM {Quote.Name(Stage(table))}) FORMAT JSONCompactEachRow";

    /// <summary>Live rows that a copy would replace although they are newer: the copy is written later.</summary>
    public string Replaced(MovedTable table, string columns, IReadOnlyCollection<string> copies)
    {
        var key = $"tuple({string.Join(", ", table.Key)})";
        var live = copies.Count == 0 ? "1" : $"_part_uuid NOT IN ({string.Join(", ", copies.Select(Quote.Text))})";
        return $"SELECT count() FROM {Quote.Name(table.Data)} WHERE {live} AND {Among(table, shard.Gains)} AND {key} IN (SELECT {key} FROM {Quote.Name(Stage(table))}) "
            + $"AND {Hash(columns)} NOT IN (SELECT {Hash(columns)} FROM {Quote.Name(Stage(table))}) FORMAT JSONCompactEachRow";
    }

    /// <summary>Only what was copied: a row that came since stays, and is seen again without masks.</summary>
    public string Remove(MovedTable table, string columns) =>
        $"ALTER TABLE {Quote.Name(table.Data)} DELETE WHERE {Copied(table, columns)} SETTINGS mutations_sync = 2";

    /// <summary>Whether anything that was copied still lies where it lay.</summary>
    public string Unremoved(MovedTable table, string columns) =>
        $"SELECT count() FROM (SELECT 1 FROM {Quote.Name(table.Data)} WHERE {Copied(table, columns)} LIMIT 1) FORMAT JSONCompactEachRow";

    /// <summary>
    /// Parts stay what they are, so that copies are known by their ids: settings outlive a restart of the server, and the
    /// other also keeps people's OPTIMIZE off.
    /// </summary>
    public static IEnumerable<string> StopMerges(MovedTable table) =>
    [
        $"ALTER TABLE {Quote.Name(table.Data)} MODIFY SETTING {NoMerges}",
        $"SYSTEM STOP MERGES {Quote.Name(table.Data)}",
    ];

    /// <summary>A value that expires while it is copied would look like one that somebody wrote.</summary>
    public static string StopExpiry(MovedTable table) => $"SYSTEM STOP TTL MERGES {Quote.Name(table.Data)}";

    public static IEnumerable<string> StartMerges(MovedTable table)
    {
        yield return $"SYSTEM START MERGES {Quote.Name(table.Data)}";
        yield return $"SYSTEM START TTL MERGES {Quote.Name(table.Data)}";
        yield return $"ALTER TABLE {Quote.Name(table.Data)} MODIFY SETTING {NoMerges}"; // What is not set cannot be reset.
        yield return $"ALTER TABLE {Quote.Name(table.Data)} RESET SETTING {string.Join(", ", MergeSettings)}";
        if (table.MergeSettings.Length > 0)
            yield return $"ALTER TABLE {Quote.Name(table.Data)} MODIFY SETTING {table.MergeSettings}";
    }

    /// <summary>How many mutations are under way, and what keeps one from its end.</summary>
    public static string Mutations(MovedTable table) =>
        $"SELECT count(), max(latest_fail_reason) FROM system.mutations WHERE database = {Quote.Text(table.Data.Database)} AND table = {Quote.Text(table.Data.Name)} AND NOT is_done FORMAT JSONCompactEachRow";

    public static string HasTtl(MovedTable table) =>
        $"SELECT position(engine_full, ' TTL ') > 0 FROM system.tables WHERE database = {Quote.Text(table.Data.Database)} AND name = {Quote.Text(table.Data.Name)} FORMAT JSONCompactEachRow";

    /// <summary>How many of the masks that hide copies there are.</summary>
    public string Masks() =>
        $"SELECT count() FROM system.tables WHERE (database, name) IN ({string.Join(", ", move.Tables.Select(table => $"({Quote.Text(table.Before.Database)}, {Quote.Text(table.Before.Name)})"))}) FORMAT JSONCompactEachRow";

    public static string Drop(ObjectName name) => DropSql.Of(name);

    /// <summary>All that a move makes beside the tables.</summary>
    public IEnumerable<ObjectName> Own() => move.Tables.SelectMany(table => new[] { table.Before, table.After, Stage(table), Snapshot(table) });

    /// <summary>Columns of a table as lists: those that are stored, and those that can be read.</summary>
    public static string Columns(MovedTable table) =>
        $"SELECT arrayStringConcat(groupArrayIf(backQuote, default_kind != 'ALIAS'), ', '), arrayStringConcat(groupArray(backQuote), ', ') FROM (SELECT concat('`', replaceAll(replaceAll(name, '\\\\', '\\\\\\\\'), '`', '\\\\`'), '`') AS backQuote, default_kind "
        + $"FROM system.columns WHERE database = {Quote.Text(table.Data.Database)} AND table = {Quote.Text(table.Data.Name)} AND default_kind != 'EPHEMERAL' ORDER BY position) FORMAT JSONCompactEachRow";

    /// <summary>Tables and views that read the table on storage, beside those that a project declares for it.</summary>
    public static string Strangers(MovedTable table, IEnumerable<ObjectName> known)
    {
        var own = string.Join(", ", known.Append(table.Data).Append(table.Before).Append(table.After).Select(name => $"({Quote.Text(name.Database)}, {Quote.Text(name.Name)})"));
        return "SELECT concat(if(engine = 'Distributed', 'the Distributed table ', 'the view '), database, '.', name, ' reads it') FROM system.tables "
            + $"WHERE (database, name) NOT IN ({own}) AND database != '{Database}' AND ((engine = 'Distributed' AND position(engine_full, {Quote.Text($"{Quote.Text(table.Data.Database)}, {Quote.Text(table.Data.Name)}")}) > 0) "
            + $"OR (engine = 'View' AND position(as_select, {Quote.Text(Quote.Name(table.Data))}) > 0)) FORMAT JSONCompactEachRow";
    }

    private string Mask(MovedTable table, ObjectName name, string columns, string condition) =>
        $"CREATE OR REPLACE VIEW {Quote.Name(name)} AS SELECT {columns} FROM {Quote.Name(table.Data)}{(table.Replaces ? " FINAL" : "")} WHERE {condition}";

    private static string Amounts(MovedTable table, string columns, ObjectName from, string condition) =>
        $"SELECT {table.Layer} AS _layer, count(), toString(sum({Hash(columns)})) FROM {Quote.Name(from)} WHERE {condition} GROUP BY _layer FORMAT JSONCompactEachRow";

    private string Copied(MovedTable table, string columns) =>
        $"{Leaving(table)} AND {Hash(columns)} IN (SELECT {Hash(columns)} FROM {Quote.Name(Snapshot(table))} WHERE {Leaving(table)})";

    private static string Hash(string columns) => $"cityHash64({columns})";

    private static string Among(MovedTable table, ImmutableArray<int> layers) =>
        layers.IsEmpty ? "0" : $"({table.Layer}) IN ({string.Join(", ", layers)})";
}
