using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Pipelines that share an error table must describe it alike.</summary>
internal static class ErrorTableDiffers
{
    public const string Code = "MR120";

    public static IEnumerable<Finding> Run(Project project)
    {
        var first = new Dictionary<string, Pipeline>(StringComparer.Ordinal);
        foreach (var pipeline in project.Pipelines.Where(pipeline => pipeline.Branch is null))
        {
            if (first.TryAdd(pipeline.Errors.Table, pipeline))
                continue;
            var other = first[pipeline.Errors.Table];
            var clusters = (Cluster(project, pipeline), Cluster(project, other));
            // Where no cluster can be chosen, that is the finding.
            if (clusters is ({ } here, { } there) && here != there)
                yield return Differs(project, pipeline, other, "cluster", here, there);
            if (pipeline.Errors.KeepDays != other.Errors.KeepDays)
                yield return Differs(
                    project, pipeline, other, "keep_days", $"{pipeline.Errors.KeepDays}", $"{other.Errors.KeepDays}");
        }
    }

    private static string? Cluster(Project project, Pipeline pipeline) =>
        pipeline.Errors.Cluster ?? ClusterChoice.Of(project.Fleet, pipeline.Errors, pipeline.Into)?.Name;

    private static Finding Differs(Project project, Pipeline pipeline, Pipeline other, string key, string here, string there) => Finding.Error(
        Code,
        $"`{pipeline.Name}` and `{other.Name}` share the error table `{pipeline.Errors.Table}`, but differ in `{key}`: {here} here, {there} there",
        project.Sources.Find($"{pipeline.Path}.errors.{key}"),
        $"say the same `{key}` in both, or use two tables");
}
