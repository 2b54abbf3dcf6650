using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A pipeline that consumes what it produces never ends, and grows.</summary>
internal static class FeedsItself
{
    public const string Code = "MR603";

    public static IEnumerable<Finding> Run(Project project) =>
        from pipeline in project.Pipelines
        let sink = pipeline.Into as KafkaSink
        where sink is not null && Reached(project, sink, []).Contains(pipeline.Name)
        select Finding.Error(
            Code,
            $"`{pipeline.Name}` produces to `{sink.Topic}`, which it consumes in the end: every message would go round for ever",
            project.Sources.Find($"{pipeline.Path}.into.kafka.topic"),
            "produce to another topic");

    /// <summary>The pipelines that the sink's messages come to.</summary>
    private static HashSet<string> Reached(Project project, KafkaSink sink, HashSet<string> known)
    {
        foreach (var pipeline in project.Pipelines.Where(item => project.LegsOf(item).Any(leg => leg.Broker == sink.Broker && leg.Topic == sink.Topic)))
            if (known.Add(pipeline.Name) && pipeline.Into is KafkaSink next)
                Reached(project, next, known);
        return known;
    }
}
