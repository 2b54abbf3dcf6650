using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>The broker of a leg and of a Kafka sink must be declared in the fleet.</summary>
internal static class UnknownBroker
{
    public const string Code = "MR102";

    public static IEnumerable<Finding> Run(Project project)
    {
        var brokers = project.Fleet.Brokers.Select(b => b.Name).ToArray();
        return LegPlace.All(project)
            .Where(place => project.Fleet.FindBroker(place.Leg.Broker) is null)
            .Select(place => Finding.Error(
                Code,
                $"a leg of `{place.Pipeline.Name}` consumes from the broker `{place.Leg.Broker}`, which the fleet does not have",
                place.At("broker"),
                KnownNames.Fix(place.Leg.Broker, brokers, "under `brokers` in the fleet")))
            .Concat(
                from pipeline in project.Pipelines
                let sink = pipeline.Into as KafkaSink
                where sink is not null && project.Fleet.FindBroker(sink.Broker) is null
                select Finding.Error(
                    Code,
                    $"`{pipeline.Name}` produces to the broker `{sink.Broker}`, which the fleet does not have",
                    project.Sources.Find($"{pipeline.Path}.into.kafka.broker"),
                    KnownNames.Fix(sink.Broker, brokers, "under `brokers` in the fleet")));
    }
}
