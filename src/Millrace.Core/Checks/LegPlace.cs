using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A leg with the pipeline it is part of, and where it is written.</summary>
internal readonly record struct LegPlace(Project Project, Pipeline Pipeline, Leg Leg, int Index)
{
    public static IEnumerable<LegPlace> All(Project project) =>
        project.Pipelines.SelectMany(p => p.Legs.Select((leg, index) => new LegPlace(project, p, leg, index)));

    /// <summary>For messages, where the same leg name occurs in many pipelines.</summary>
    public string Name => $"{Pipeline.Name}.{Leg.Name}";

    /// <summary>A sink that consumes on its own has only the group to itself: the rest is written where the stream is.</summary>
    public SourceRef? At(string field) => Project.Sources.Find(
        Pipeline.Branch is not null && field == "group" ? $"{Pipeline.Path}.group" : $"{Pipeline.StreamPath}.legs[{Index}].{field}");

    public SourceRef? AtSetting(string name) => At($"settings.{name}");
}
