using Millrace.Core.Shapes;

namespace Millrace.Core.Backfill;

/// <summary>Names of what a backfill keeps on a node, all in a database of their own.</summary>
/// <param name="Job">Id of the job.</param>
/// <param name="Generation">Counts the cuts that were tried: a late INSERT into an undone one finds other tables.</param>
public sealed record BackfillNames(string Job, int Generation)
{
    public const string Database = "millrace_backfill";

    public ObjectName Shadow(BackfillTarget target) => In($"{Job}_g{Generation}_new_{target.Table.Name}");

    public ObjectName View(BackfillView view) => In($"{Job}_g{Generation}_mv_{view.Name}");

    public ObjectName Snapshot(int source) => In($"{Job}_g{Generation}_snap_{source}");

    /// <summary>The target as it was at the cut, where some of its partitions are kept.</summary>
    public ObjectName Kept(BackfillTarget target) => In($"{Job}_g{Generation}_kept_{target.Table.Name}");

    /// <summary>Rows that the target lacks after the exchange.</summary>
    public ObjectName Lacking(BackfillTarget target) => In($"{Job}_g{Generation}_lacking_{target.Table.Name}");

    public ObjectName Stage(int target, string unit) => In($"{Job}_g{Generation}_stage_{target}_{unit}");

    private static ObjectName In(string name) => new(Database, name);
}
