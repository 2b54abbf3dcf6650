using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Rings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>A writable table that does not follow its ring's lock file puts rows where nobody expects them.</summary>
internal static class RingExpressionDiffers
{
    public const string Code = "MR507";

    public static DoctorRule Rule { get; } = new(Code, "rows are placed otherwise than the ring's lock file says", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from table in RingTable.All(facts.Project)
        let wanted = table.Sharding.ForWriting(table.Cluster)!
        let name = new Naming(facts.Project).Writable(table.Pipeline.Table!)
        from node in facts.NodesOf(table.Pipeline.Role)
        where node.Seen.Objects.GetValueOrDefault(name) is { } shape && !shape.EngineFull.Contains(wanted, StringComparison.Ordinal)
        select new Finding(
            Code,
            // While queries skip shards by the lock file, rows elsewhere are missed.
            table.Lock.PruningIsTrue ? Severity.Error : Severity.Warning,
            $"`{name}` follows {Followed(table, facts.Project, node, name)}, the lock file of the ring `{table.Ring.Name}` is at epoch {table.Lock.Current.Number}",
            Fix: "millrace plan shows the difference, millrace apply brings the lock file's placement to the node")
            .On(node.Node.Name);

    /// <summary>The epoch whose expression the node has, if any.</summary>
    private static string Followed(RingTable table, Project project, NodeVitals node, Shapes.ObjectName name)
    {
        var live = node.Seen.Objects[name].EngineFull;
        foreach (var epoch in table.Lock.Epochs.Reverse())
            if (table.Sharding.ForEpoch(table.Cluster, epoch) is { } expression && live.Contains(expression, StringComparison.Ordinal))
                return $"epoch {epoch.Number}";
        return "no epoch of it";
    }
}
