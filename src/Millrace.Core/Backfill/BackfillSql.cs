using System.Collections.Immutable;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Backfill;

/// <summary>The statements of a backfill on one node.</summary>
/// <param name="replayed">Rows that stand for those of the snapshot; null where it has them itself.</param>
/// <param name="instant">Seconds since 1970 of a cut by time of arrival; null where the cut needs no condition.</param>
public sealed class BackfillSql(BackfillJob job, BackfillNames names, long? instant = null, ReplayedRows? replayed = null)
{
    /// <summary>Stops merges for as long as it stands, also over a crash: <c>SYSTEM STOP MERGES</c> ends with the server.</summary>
    private const string NoMerges = "max_bytes_to_merge_at_max_space_in_pool = 1, max_bytes_to_merge_at_min_space_in_pool = 1";

    private const string MergeSettings = "max_bytes_to_merge_at_max_space_in_pool, max_bytes_to_merge_at_min_space_in_pool";

    public const string CreateDatabase = $"CREATE DATABASE IF NOT EXISTS {BackfillNames.Database} ENGINE = Atomic";

    public BackfillNames Names => names;

    /// <summary>Of a source: rows that the snapshot has.</summary>
    public string OldRows => replayed is not null ? replayed.Condition : instant is null ? "1" : $"{Column} < {Instant}";

    /// <summary>Of a source: rows that flow through the shadow views.</summary>
    public string LiveRows => instant is null ? "1" : $"{Column} >= {Instant}";

    private string Column => Quote.Name(job.Limits.IngestColumn!);

    /// <summary>
    /// Never as a DateTime: a server that looks for parts to skip takes <c>DateTime64 &lt; DateTime</c> for a comparison of whole
    /// seconds, and leaves out parts whose rows are all of the last one (seen on 26.7, by key, by skip index and by statistics).
    /// </summary>
    private string Instant => $"fromUnixTimestamp64Milli({instant!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}000)";

    public static string InPartitions(string partitionBy, IEnumerable<string> partitions) =>
        $"partitionID({partitionBy}) IN ({string.Join(", ", partitions.Select(Quote.Text))})";

    /// <summary>The table that units are made of.</summary>
    public ObjectName Old(int source) => replayed?.Table ?? names.Snapshot(source);

    public static string Drop(ObjectName name) => DropSql.Of(name);

    /// <summary>On the fullest disk that the new tables may be on.</summary>
    public static string FreeBytes(BackfillJob job)
    {
        var targets = string.Join(", ", job.Targets.Select(target => $"({Quote.Text(target.Table.Database)}, {Quote.Text(target.Table.Name)})"));
        return "SELECT min(free_space) FROM system.disks WHERE name IN (SELECT arrayJoin(disks) FROM system.storage_policies "
            + $"WHERE policy_name IN (SELECT storage_policy FROM system.tables WHERE (database, name) IN ({targets})))";
    }

    public static string Attach(ObjectName from, ObjectName to) => $"ALTER TABLE {Quote.Name(to)} ATTACH PARTITION ALL FROM {Quote.Name(from)}";

    public static string AttachPartition(string partition, ObjectName from, ObjectName to) =>
        $"ALTER TABLE {Quote.Name(to)} ATTACH PARTITION ID {Quote.Text(partition)} FROM {Quote.Name(from)}";

    public static string StopMerges(ObjectName table) => $"ALTER TABLE {Quote.Name(table)} MODIFY SETTING {NoMerges}";

    /// <summary>Lets the shadow table of a target merge again, under the settings that are declared for it.</summary>
    public IEnumerable<string> StartMerges(BackfillTarget target)
    {
        var table = Quote.Name(names.Shadow(target));
        yield return $"ALTER TABLE {table} RESET SETTING {MergeSettings}";
        if (target.MergeSettings.Length > 0)
            yield return $"ALTER TABLE {table} MODIFY SETTING {target.MergeSettings}";
    }

    /// <summary>An empty table of the same columns and keys. Its parts get ids by which they are known again after ATTACH.</summary>
    public static ImmutableArray<string> Empty(ObjectName like, ObjectName name, bool hasTtl) =>
    [
        $"CREATE TABLE {Quote.Name(name)} AS {Quote.Name(like)}",
        $"ALTER TABLE {Quote.Name(name)} MODIFY SETTING assign_part_uuids = 1, {NoMerges}",
        .. hasTtl ? [$"ALTER TABLE {Quote.Name(name)} REMOVE TTL"] : Array.Empty<string>(),
    ];

    /// <summary>The shadow tables, and the views between them: nothing flows yet.</summary>
    public IEnumerable<string> Shadows()
    {
        foreach (var target in job.Targets)
            yield return $"CREATE TABLE {Quote.Name(names.Shadow(target))} AS {Quote.Name(target.Table)}";
        foreach (var target in job.Targets)
        foreach (var view in target.Views.Where(view => !job.Sources.Contains(view.Source)))
            yield return View(target, view);
    }

    /// <summary>The views that read the sources: from here on live rows flow into the shadow tables.</summary>
    public IEnumerable<string> RootViews() =>
        from target in job.Targets
        from view in target.Views
        where job.Sources.Contains(view.Source)
        select View(target, view);

    public IEnumerable<ObjectName> RootViewNames() =>
        job.Targets.SelectMany(target => target.Views).Where(view => job.Sources.Contains(view.Source)).Select(names.View);

    /// <summary>Everything of a generation except its root views.</summary>
    public IEnumerable<ObjectName> RestNames() =>
        job.Targets.SelectMany(target => target.Views).Where(view => !job.Sources.Contains(view.Source)).Select(names.View)
            .Concat(job.Targets.Select(names.Shadow))
            .Concat(job.Targets.Select(names.Kept))
            .Concat(job.Sources.Select((_, i) => names.Snapshot(i)));

    /// <summary>The targets that a unit fills, each with the SELECTs that fill it.</summary>
    public IEnumerable<(int Target, ObjectName Stage, ImmutableArray<(BackfillView View, ObjectName From, string Condition)> Parts)> Stages(BackfillUnit unit)
    {
        if (unit.IsKept)
            return job.Targets.Select((target, i) => (i, names.Stage(i, unit.Id), ImmutableArray.Create((Copy(target), names.Kept(target), Kept(target)))));
        return Made(unit);
    }

    private IEnumerable<(int Target, ObjectName Stage, ImmutableArray<(BackfillView View, ObjectName From, string Condition)> Parts)> Made(BackfillUnit unit)
    {
        var staged = new Dictionary<ObjectName, ObjectName> { [job.Sources[unit.Source]] = Old(unit.Source) };
        for (var i = 0; i < job.Targets.Length; i++)
        {
            var parts = job.Targets[i].Views
                .Where(view => staged.ContainsKey(view.Source))
                .Select(view => (view, staged[view.Source], view.Source == job.Sources[unit.Source] ? $"{unit.Condition} AND {OldRows}" : "1"))
                .ToImmutableArray();
            if (parts.IsEmpty)
                continue;
            var stage = names.Stage(i, unit.Id);
            staged[job.Targets[i].Table] = stage;
            yield return (i, stage, parts);
        }
    }

    public static string Fill(ObjectName stage, BackfillView view, ObjectName from, string condition) =>
        $"INSERT INTO {Quote.Name(stage)} ({string.Join(", ", view.Names)})\n{view.Rebuilt(Quote.Name(from), condition)}";

    /// <summary>Rows as they are.</summary>
    private static BackfillView Copy(BackfillTarget target) => target.Views[0] with
    {
        Source = target.Table, Keys = target.Keys, Filter = null, Only = null,
        Select = $"SELECT {string.Join(", ", target.Views[0].Names)}\nFROM {BackfillView.SourceToken}\nWHERE {BackfillView.ConditionToken}",
    };

    /// <summary>Of the partitions of which a part is rebuilt: the rows that are not.</summary>
    private string Kept(BackfillTarget target) =>
        $"{(target.PartitionBy is { } by ? InPartitions(by, job.Partitions) : "1")} AND NOT {job.Range!.Condition}";

    private string View(BackfillTarget target, BackfillView view)
    {
        var isRoot = job.Sources.Contains(view.Source);
        var from = isRoot ? view.Source : names.Shadow(job.Targets.First(other => other.Table == view.Source));
        return $"CREATE MATERIALIZED VIEW {Quote.Name(names.View(view))} TO {Quote.Name(names.Shadow(target))}\nAS {view.Over(Quote.Name(from), isRoot ? LiveRows : "1")}";
    }
}
