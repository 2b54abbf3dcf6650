using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>An aggregate is one call of an aggregate function, or an aggregate of the rollup that is read.</summary>
internal static class RollupAggregates
{
    public const string Code = "MR171";

    public static IEnumerable<Finding> Run(Project project)
    {
        var graph = new RollupGraph(project);
        foreach (var rollup in UnknownRollupSource.Rooted(project, graph))
        foreach (var aggregate in rollup.Aggregates.Where(aggregate => graph.Function(rollup, aggregate) is null))
            yield return Finding.Error(
                Code,
                $"`{aggregate.Name}` of the rollup `{rollup.Name}` is `{aggregate.Expression}`: neither one call of an aggregate function nor an aggregate of `{rollup.From}`",
                project.Sources.Find($"rollups.{rollup.Name}.aggregates.{aggregate.Name}"),
                "write one call, such as `sum(amount)`; compute with the results where they are read");
    }
}
