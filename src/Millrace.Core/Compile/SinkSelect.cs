using Millrace.Core.Model;

namespace Millrace.Core.Compile;

/// <summary>The SELECT of a data view, as its sink needs the rows.</summary>
internal static class SinkSelect
{
    public static string Render(Pipeline pipeline, RowSource source) => pipeline.Into switch
    {
        // toString of a NULL is NULL, and a key is text.
        KafkaSink sink => DataSelect.Render(pipeline, source, [$"ifNull(toString({sink.Key}), '') AS _key", "ifNull(_timestamp, now()) AS _timestamp"]),
        PostgresSink sink => new PostgresSelect(pipeline, sink, source).Render(),
        _ => DataSelect.Render(pipeline, source, KafkaVirtuals.StoredSelect),
    };

    /// <summary>The SELECT for rows that the sink cannot take as they are; null when it takes all.</summary>
    public static string? Refused(Pipeline pipeline, Leg leg, RowSource source) =>
        pipeline.Into is PostgresSink sink ? new PostgresSelect(pipeline, sink, source).Refused(leg) : null;
}
