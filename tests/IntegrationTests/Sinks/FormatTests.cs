using Xunit;

namespace Millrace.IntegrationTests.Sinks;

/// <summary>
/// Messages of each format, produced by one pipeline and read by another. They are told apart by their id: while groups find
/// their members, a message may be read and produced twice.
/// </summary>
[Collection(SinkCollection.Name)]
public sealed class FormatTests(SinkFixture fleet)
{
    private const int Messages = 40;

    private static readonly string[] Formats = ["JSONEachRow", "Avro", "MsgPack", "CSV"];

    public static IEnumerable<string> Topics => Formats.Select(Topic).Append("formats").Append("raw");

    [Fact]
    public async Task What_one_pipeline_produces_in_a_format_another_reads()
    {
        foreach (var format in Formats)
        {
            fleet.Declare($"pipelines/to_{format}.yaml", Pipeline($"to_{format}", "formats", "JSONEachRow", $"{{ kafka: {{ broker: msk, topic: {Topic(format)}, key: id, format: {format} }} }}"));
            fleet.Declare($"pipelines/of_{format}.yaml", Pipeline(
                $"of_{format}", Topic(format), format, $"{{ table: of_{format}, engine: MergeTree, order_by: [id] }}", more: IsPositional(format) ? ", key: String, at: DateTime" : ""));
        }

        fleet.Declare("pipelines/of_raw.yaml", RawBlob);
        await fleet.ApplyAsync();
        fleet.Send("formats", Enumerable.Range(0, Messages).Select(id => $$"""{"id":{{id}},"name":"n'\"{{id}}, ü","tags":["a","b{{id}}"]}"""));
        fleet.Send("raw", Enumerable.Range(0, Messages).Select(id => $$"""{"id":{{id}},"name":"n{{id}}"}"""));

        foreach (var format in Formats)
            await fleet.ExpectAsync(
                "data-1", $"SELECT uniqExact(id), countIf(name != concat('n\\'\"', toString(id), ', ü') OR tags != ['a', concat('b', toString(id))]) FROM analytics.of_{format}",
                $"{Messages}\t0");
        await fleet.ExpectAsync("data-1", "SELECT uniqExact(id), countIf(name != concat('n', toString(id))) FROM analytics.of_raw", $"{Messages}\t0");
    }

    /// <summary>Their fields have no names, so a reader has a column for each, those of the key and the timestamp among them.</summary>
    private static bool IsPositional(string format) => format is "MsgPack" or "CSV";

    private static string Topic(string format) => $"out_{format}";

    private static string Pipeline(string name, string topic, string format, string into, string more = "") => $$"""
        pipeline: {{name}}
        role: events
        columns: { id: Int64, name: String, tags: Array(String){{more}} }
        legs: [{ broker: msk, topic: {{topic}}, group: {{name}}, format: {{format}}, settings: { kafka_flush_interval_ms: 300 } }]
        into: {{into}}
        errors: { table: ingestion_errors }
        """;

    private const string RawBlob = """
        pipeline: of_raw
        role: events
        columns: { message: String }
        extract: { from: message, columns: { id: { key: id, type: Int64 }, name: name } }
        legs: [{ broker: msk, topic: raw, group: of_raw, format: RawBLOB, settings: { kafka_flush_interval_ms: 300 } }]
        into: { table: of_raw, engine: MergeTree, order_by: [id], omit: [message] }
        errors: { table: ingestion_errors }
        """;
}
