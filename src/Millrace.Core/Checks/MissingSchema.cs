using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Without a schema, the server makes one up from the columns: field numbers then are the columns' places, whatever producers say.</summary>
internal static class MissingSchema
{
    public const string Code = "MR607";

    private static readonly string[] Settings = ["kafka_schema", "format_schema"];

    public static IEnumerable<Finding> Run(Project project) =>
        LegPlace.All(project).Where(place => Lacks(place.Leg.Format, place.Leg.Schema, place.Leg.Settings.Keys))
            .Select(place => Missing($"the leg `{place.Leg.Name}` of `{place.Pipeline.Name}`", place.Leg.Format, place.At("format")))
            .Concat(
                from pipeline in project.Pipelines
                let sink = pipeline.Into as KafkaSink
                where sink is not null && Lacks(sink.Format, sink.Schema, sink.Settings.Keys)
                select Missing($"the topic of `{pipeline.Name}`", sink.Format, project.Sources.Find($"{pipeline.Path}.into.kafka.format")));

    private static bool Lacks(string format, FormatSchema? schema, IEnumerable<string> settings) =>
        (format.StartsWith("Protobuf", StringComparison.Ordinal) || format == "CapnProto") && schema is null && !settings.Any(Settings.Contains);

    private static Finding Missing(string what, string format, SourceRef? at) => Finding.Error(
        Code,
        $"{what} has the format `{format}` and no schema: the server would make one up from the columns, by their places",
        at,
        "add `schema: { file: formats/NAME.proto, message: NAME }`");
}
