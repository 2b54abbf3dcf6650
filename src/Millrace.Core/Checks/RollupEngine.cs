using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>
/// Every insert gives rows of its own for a key, so the engine must be one that puts them together: states in an
/// AggregatingMergeTree, sums and counts in a SummingMergeTree.
/// </summary>
internal static class RollupEngine
{
    public const string Code = "MR172";

    private static readonly string[] Summed = ["sum", "count", "sumIf", "countIf"];

    public static IEnumerable<Finding> Run(Project project)
    {
        var graph = new RollupGraph(project);
        foreach (var rollup in UnknownRollupSource.Rooted(project, graph).Where(rollup => !rollup.Aggregates.IsEmpty))
        {
            var engine = rollup.Into.EngineName;
            var at = project.Sources.Find($"rollups.{rollup.Name}.into.engine");
            if (engine == "AggregatingMergeTree")
                continue;
            if (engine != "SummingMergeTree")
                yield return Finding.Error(
                    Code, $"the rollup `{rollup.Name}` aggregates into {engine}, which does not put the rows of one key together", at,
                    "engine: AggregatingMergeTree");
            else if (rollup.Aggregates.FirstOrDefault(column => graph.Function(rollup, column) is { } call && !Summed.Contains(call.Function)) is { } odd)
                yield return Finding.Error(
                    Code, $"`{odd.Name}` of the rollup `{rollup.Name}` is `{odd.Expression}`, and SummingMergeTree would add its values up", at,
                    "engine: AggregatingMergeTree");
        }
    }
}
