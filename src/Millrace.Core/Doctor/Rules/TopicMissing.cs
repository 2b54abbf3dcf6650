using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>A leg reads a topic that its broker does not have.</summary>
internal static class TopicMissing
{
    public const string Code = "MR266";

    public static DoctorRule Rule { get; } = new(Code, "topics are missing", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from pipeline in facts.Project.Pipelines
        from leg in pipeline.Legs
        let broker = facts.FindBroker(leg.Broker)
        where broker is not null && !broker.Topics.ContainsKey(leg.Topic)
        let meant = DidYouMean.Suggest(leg.Topic, broker.Topics.Keys)
        select Finding.Error(
            Code,
            $"`{leg.Broker}` has no topic `{leg.Topic}`, which `{pipeline.Name}` reads",
            facts.Project.Sources.Find($"{pipeline.Path}.legs[{pipeline.Legs.IndexOf(leg)}].topic"),
            meant is null ? "create the topic, or correct its name" : $"did you mean `{meant}`?");
}
