using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Some formats write a table of one column only, and a producer's table has the key beside it.</summary>
internal static class OneColumnFormat
{
    public const string Code = "MR604";

    private static readonly string[] Formats = ["RawBLOB", "LineAsString", "JSONAsString", "JSONAsObject"];

    public static IEnumerable<Finding> Run(Project project) =>
        from pipeline in project.Pipelines
        let sink = pipeline.Into as KafkaSink
        where sink is not null && Formats.Contains(sink.Format)
        select Finding.Error(
            Code,
            $"`{sink.Format}` cannot be produced with a key: the format writes a single column, and the key is one more",
            project.Sources.Find($"{pipeline.Path}.into.kafka.format"),
            "produce JSONEachRow, Avro, Protobuf, MsgPack or CSV");
}
