using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Observed;
using Millrace.Core.Rings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>A shard that holds much more of a ring's table than its layers entitle it to has a hot key, or hot layers.</summary>
internal static class RingImbalance
{
    public const string Code = "MR508";

    public static DoctorRule Rule { get; } = new(Code, "a shard of a ring holds much more than its share", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from table in RingTable.All(facts.Project)
        // After a change the old rows stay: a new shard is empty, and that is no news.
        where table.Lock.PruningIsTrue
        let rows = Rows(facts, table)
        let total = rows.Values.Sum()
        where total >= facts.Limits.RingRows
        from shard in table.Lock.Current.Shards
        let share = (double)table.Lock.Current.Assignment.LayersOf(shard.Shard).Length / table.Lock.Layers.Count
        let held = rows.GetValueOrDefault(shard.Shard)
        where share > 0 && held > share * total * facts.Limits.RingImbalance
        select Finding.Warning(
            Code,
            $"shard {shard.Shard} has {held:N0} of {total:N0} rows of `{table.Pipeline.Table!.Table}`, {held / (share * total):0.0} times its share of the ring `{table.Ring.Name}`",
            fix: $"millrace ring simulate {table.Ring.Name} --table {table.Pipeline.Table!.Table} names the hottest keys and layers; a key hotter than a shard needs one more column");

    /// <summary>Rows by shard, of the fullest replica.</summary>
    private static Dictionary<int, long> Rows(DoctorFacts facts, RingTable table)
    {
        var data = new Naming(facts.Project).Data(table.Pipeline.Table!);
        return facts.Nodes.Where(node => table.Cluster.Contains(node.Node))
            .GroupBy(node => node.Node.Shard)
            .ToDictionary(shard => shard.Key, shard => shard.Max(node => node.Seen.Facts?.Sizes.GetValueOrDefault(data, new TableSize(0, 0)).Rows ?? 0));
    }
}
