using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Core.Compile;

/// <summary>The SELECT of a leg's data view, as its sink needs the rows.</summary>
internal static class SinkSelect
{
    public static string Render(Pipeline pipeline, ObjectName kafka) => pipeline.Into switch
    {
        // toString of a NULL is NULL, and a key is text.
        KafkaSink sink => DataSelect.Render(pipeline, kafka, [$"ifNull(toString({sink.Key}), '') AS _key", "ifNull(_timestamp, now()) AS _timestamp"]),
        PostgresSink sink => new PostgresSelect(pipeline, sink, kafka).Render(),
        _ => DataSelect.Render(pipeline, kafka, KafkaVirtuals.StoredSelect),
    };

    /// <summary>The SELECT for rows that the sink cannot take as they are; null when it takes all.</summary>
    public static string? Refused(Pipeline pipeline, Leg leg, ObjectName kafka) =>
        pipeline.Into is PostgresSink sink ? new PostgresSelect(pipeline, sink, kafka).Refused(leg) : null;
}
