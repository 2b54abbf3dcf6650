using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Core.Compile;

/// <summary>What rollups read and what reads them. Sources that are not there, and circles, are for checks to report.</summary>
public sealed class RollupGraph(Project project)
{
    private readonly Naming naming = new(project);

    /// <summary>The rollup that another one reads; null when it reads a pipeline's table.</summary>
    public Rollup? Parent(Rollup rollup) => project.Pipelines.Any(pipeline => pipeline.Table?.Table == rollup.From)
        ? null
        : project.Rollups.FirstOrDefault(other => other.Name == rollup.From || other.Into.Table == rollup.From);

    /// <summary>The pipeline whose table the rollup reads; null when it reads another rollup.</summary>
    public Pipeline? Pipeline(Rollup rollup) =>
        Parent(rollup) is null ? project.Pipelines.FirstOrDefault(pipeline => pipeline.Table?.Table == rollup.From) : null;

    /// <summary>Rollups that read the target of this one.</summary>
    public ImmutableArray<Rollup> Children(Rollup rollup) =>
        [.. project.Rollups.Where(other => Parent(other)?.Into.Table == rollup.Into.Table)];

    /// <summary>Rollups that fill the same target, this one among them.</summary>
    public ImmutableArray<Rollup> Siblings(Rollup rollup) =>
        [.. project.Rollups.Where(other => other.Into.Table == rollup.Into.Table)];

    /// <summary>How many rollups are above it; 0 reads a pipeline. A circle ends at the number of rollups.</summary>
    public int Depth(Rollup rollup)
    {
        var depth = 0;
        for (var at = Parent(rollup); at is not null && depth < project.Rollups.Length; at = Parent(at))
            depth++;
        return depth;
    }

    /// <summary>The pipeline that the rows come from in the end; null where there is none, or a circle.</summary>
    public Pipeline? Root(Rollup rollup)
    {
        var at = rollup;
        for (var steps = 0; steps <= project.Rollups.Length; steps++)
        {
            if (Parent(at) is not { } parent)
                return Pipeline(at);
            at = parent;
        }

        return null;
    }

    /// <summary>The cluster of a rollup: that of the table it reads.</summary>
    public Cluster? Cluster(Rollup rollup) => Root(rollup) is { } root ? ClusterChoice.Of(project.Fleet, root.Into) : null;

    /// <summary>The table on storage that the rollup reads.</summary>
    public ObjectName Source(Rollup rollup) => Parent(rollup) is { } parent ? Data(parent) : naming.Data(Pipeline(rollup)!.Table!);

    /// <summary>The table on storage that the rollup fills.</summary>
    public ObjectName Data(Rollup rollup) => naming.RollupData(rollup.Into, Cluster(rollup) is { SingleShard: false });

    /// <summary>Names of the columns that the rollup can read.</summary>
    public ImmutableHashSet<string> SourceColumns(Rollup rollup) => Parent(rollup) is { } parent
        ? [.. parent.AllColumns.Select(column => column.Name)]
        : [.. new RowLayout(Pipeline(rollup)!).DataColumns.Select(column => column.Name)];

    /// <summary>The function of an aggregate, found through the chain; null when it is neither a call nor an aggregate of the parent.</summary>
    public AggregateCall? Function(Rollup rollup, RollupColumn aggregate)
    {
        for (var (at, column, steps) = (rollup, aggregate, 0); steps <= project.Rollups.Length; steps++)
        {
            if (AggregateCall.Parse(column.Expression) is { } call)
                return call;
            if (Parent(at) is not { } parent || parent.Aggregates.FirstOrDefault(c => c.Name == column.Expression.Trim()) is not { } above)
                return null;
            (at, column) = (parent, above);
        }

        return null;
    }
}
