namespace Millrace.Bench.Backfill;

/// <summary>Where a runner is killed (one of them exists only where consumers pause, which seeds of odd number do): right after the first statement that fits, so that what follows never happened.</summary>
internal static class Boundaries
{
    public static IReadOnlyList<string> All { get; } =
    [
        "'job', ", // written down, nothing begun
        "'shard'.*'Cutting'",
        "CREATE TABLE .*_new_",
        "CREATE TABLE .*_snap_",
        "DETACH TABLE", // consumers stand still, and only the fleet knows
        "CREATE MATERIALIZED VIEW .*_mv_hourly",
        "ATTACH PARTITION ALL FROM fill", // the snapshot is there, nobody knows
        "'shard'.*'Cut'",
        "CREATE TABLE .*_stage_",
        "INSERT INTO .*_stage_0_",
        "INSERT INTO .*_stage_2_",
        "'unit'.*'Verified'",
        "'shard'.*'Staged'",
        "ALTER TABLE .*_new_.* MODIFY SETTING",
        "'unit'.*'Publishing'",
        "ATTACH PARTITION ALL FROM .*_stage_0_", // published, nobody knows
        "ATTACH PARTITION ALL FROM .*_stage_2_",
        "'unit'.*'Published'",
        "'counted'", // from here on merges make parts unrecognisable
        "ALTER TABLE .*_new_.* RESET SETTING",
        "'shard'.*'Published'",
        "ATTACH PARTITION ALL FROM .*_new_", // compared with clones
        "'shard'.*'Reconciled'",
        "EXCHANGE TABLES",
        "'shard'.*'Swapped'",
        "DROP TABLE .*_mv_",
        "DROP TABLE .*_snap_",
        "'shard'.*'Cleaned'",
    ];
}
