using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A rollup reads the table of a pipeline or another rollup, and in the end a pipeline.</summary>
internal static class UnknownRollupSource
{
    public const string Code = "MR170";

    public static IEnumerable<Finding> Run(Project project)
    {
        var graph = new RollupGraph(project);
        var known = project.Tables.Select(stored => stored.Table.Table).Concat(project.Rollups.Select(r => r.Name)).ToArray();
        foreach (var rollup in project.Rollups)
        {
            var at = project.Sources.Find($"rollups.{rollup.Name}.from");
            if (graph.Parent(rollup) is null && graph.Pipeline(rollup) is null)
                yield return Finding.Error(
                    Code, $"the rollup `{rollup.Name}` reads `{rollup.From}`, which is no table of a pipeline and no rollup", at,
                    KnownNames.Fix(rollup.From, known, "under `pipelines/` or `rollups/`"));
            else if (graph.Depth(rollup) >= project.Rollups.Length)
                yield return Finding.Error(
                    Code, $"the rollup `{rollup.Name}` reads itself, through `{rollup.From}`", at, "let the first of the chain read a pipeline's table");
        }
    }

    /// <summary>Rollups whose source is known: other rules have nothing to say of the rest.</summary>
    public static IEnumerable<Rollup> Rooted(Project project, RollupGraph graph) =>
        project.Rollups.Where(rollup => graph.Root(rollup) is not null);
}
