using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Rollups that fill one target describe it alike.</summary>
internal static class RollupTargetDiffers
{
    public const string Code = "MR174";

    public static IEnumerable<Finding> Run(Project project)
    {
        var graph = new RollupGraph(project);
        foreach (var sharing in UnknownRollupSource.Rooted(project, graph).GroupBy(rollup => rollup.Into.Table, StringComparer.Ordinal))
        foreach (var rollup in sharing.Skip(1))
            if (Difference(graph, sharing.First(), rollup) is { } what)
                yield return Finding.Error(
                    Code, $"`{sharing.First().Name}` and `{rollup.Name}` fill the same table `{rollup.Into.Table}`, but differ in {what}",
                    project.Sources.Find($"rollups.{rollup.Name}.into"), "say the same in both, or fill two tables");
    }

    private static string? Difference(RollupGraph graph, Rollup first, Rollup other) =>
        !first.Into.Equals(other.Into) ? "`into`"
        : graph.Cluster(first) != graph.Cluster(other) ? "their clusters"
        : !first.GroupBy.Select(key => key.Name).SequenceEqual(other.GroupBy.Select(key => key.Name)) ? "what they group by"
        : !Functions(graph, first).SequenceEqual(Functions(graph, other)) ? "their aggregates"
        : !first.Columns.Select(column => column.Name).SequenceEqual(other.Columns.Select(column => column.Name)) ? "their columns"
        : null;

    private static IEnumerable<(string Name, string? Function, string? Parameters)> Functions(RollupGraph graph, Rollup rollup) =>
        rollup.Aggregates.Select(column => (column.Name, graph.Function(rollup, column)?.Function, graph.Function(rollup, column)?.Parameters));
}
