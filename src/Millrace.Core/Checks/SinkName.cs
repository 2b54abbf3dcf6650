using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>The objects of a further sink are named by it, so its name must not make another object's.</summary>
internal static class SinkName
{
    public const string Code = "MR605";

    /// <summary>What the views of a leg are called after, beside the sinks.</summary>
    private static readonly string[] Views = ["into", "errors", "refused"];

    public static IEnumerable<Finding> Run(Project project) =>
        from pipeline in project.Pipelines
        where pipeline.Branch is not null
        let taken = Taken(project, pipeline, pipeline.Branch!)
        where taken is not null
        select Finding.Error(Code, $"the sink `{pipeline.Branch!.Sink}` cannot be called that: {taken}", project.Sources.Find(pipeline.Path), "give it another name");

    private static string? Taken(Project project, Pipeline pipeline, Branch branch) =>
        Views.Contains(branch.Sink) ? $"`{pipeline.Name}_mv` is the name of a view of `{branch.Of}` itself"
        : project.Pipelines.Any(other => other != pipeline && other.Name == pipeline.Name) ? $"it is the pipeline `{pipeline.Name}`, and there is one of that name"
        : project.Pipelines.First(other => other.Name == branch.Of).Legs.Any(leg => leg.Name == branch.Sink) ? $"`{branch.Of}` has a leg of that name"
        : null;
}
