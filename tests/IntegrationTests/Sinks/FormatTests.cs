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

    private static readonly string[] Formats = ["JSONEachRow", "Avro", "MsgPack", "CSV", "ProtobufSingle"];

    public static IEnumerable<string> Topics => Formats.Select(Topic).Concat(["formats", "raw", "protobuf", "protobuf_too"]);

    [Fact]
    public async Task What_one_pipeline_produces_in_a_format_another_reads()
    {
        fleet.Declare("formats/message.proto", Schema);
        foreach (var format in Formats)
        {
            fleet.Declare($"pipelines/to_{format}.yaml", Pipeline($"to_{format}", "formats", "JSONEachRow", $"{{ kafka: {{ broker: msk, topic: {Topic(format)}, key: id, format: {format}{SchemaOf(format)} }} }}"));
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

    [Fact]
    public async Task Protobuf_is_read_and_written_as_its_schema_says()
    {
        fleet.Declare("formats/order.proto", Orders);
        fleet.Declare("pipelines/protobuf.yaml", Protobuf);
        await fleet.ApplyAsync();
        fleet.Send("protobuf", Enumerable.Range(1, Messages).Select(Order).Append([0xff, 0xff, 0xff]).ToList());

        await fleet.ExpectAsync(
            "data-1", """
            SELECT uniqExact(id), countIf(name != concat('ü', toString(id)) OR tags != ['a', 'b'] OR customer.city != 'Ulm' OR customer.vip != (id % 2)),
                countIf(price = id / 4), countIf(price IS NULL AND id % 4 = 3), groupUniqArray(kind)
            FROM (SELECT DISTINCT * EXCEPT (_topic, _partition, _offset, _timestamp) FROM analytics.protobuf) FORMAT TSV
            """, $"{Messages}\t0\t30\t10\t['big']");
        await fleet.ExpectAsync("data-1", "SELECT uniqExact(_offset) FROM analytics.ingestion_errors WHERE pipeline = 'protobuf'", "1");
        var written = await fleet.ReadTopicAsync("protobuf_too", Messages);
        // A number that is 0 would not be written at all.
        Assert.Equal(
            Enumerable.Range(1, Messages).Select(id => Convert.ToHexString(new ProtobufWriter().Number(7, id).Text(9, $"ü{id}").ToArray())).Order(),
            written.Select(message => Convert.ToHexString(message.Value.Span)).Distinct().Order());
    }

    [Fact]
    public async Task A_schema_that_does_not_fit_the_columns_is_found_before_anything_is_applied()
    {
        fleet.Declare("formats/wrong.proto", Orders.Replace("int64 id", "Customer id", StringComparison.Ordinal));
        fleet.Declare("pipelines/wrong.yaml", Protobuf.Replace("protobuf", "wrong", StringComparison.Ordinal).Replace("order.proto", "wrong.proto", StringComparison.Ordinal));
        var (exit, output, errors) = await fleet.RunAsync("check");
        fleet.Remove("pipelines/wrong.yaml");

        Assert.NotEqual(0, exit);
        Assert.Contains("MR130", output + errors, StringComparison.Ordinal);
        Assert.Contains("The column 'id' (Int64) cannot be serialized to the field 'shop.Order.id'", output + errors, StringComparison.Ordinal);
    }

    private static byte[] Order(int id)
    {
        var order = new ProtobufWriter().Number(1, id).Text(2, $"ü{id}").Text(3, "a").Text(3, "b");
        if (id % 4 != 3)
            order.Double(4, id / 4.0);
        return order.Message(5, new ProtobufWriter().Text(1, "Ulm").Number(2, id % 2)).Number(15, 2).Text(99, "a field that the schema does not have").ToArray();
    }

    private static string SchemaOf(string format) => format == "ProtobufSingle" ? ", schema: { file: formats/message.proto, message: Message }" : "";

    /// <summary>Their fields have no names, so a reader has a column for each, those of the key and the timestamp among them.</summary>
    private static bool IsPositional(string format) => format is "MsgPack" or "CSV";

    private static string Topic(string format) => $"out_{format}";

    private static string Pipeline(string name, string topic, string format, string into, string more = "") => $$"""
        pipeline: {{name}}
        role: events
        columns: { id: Int64, name: String, tags: Array(String){{more}} }
        legs: [{ broker: msk, topic: {{topic}}, group: {{name}}, format: {{format}}{{SchemaOf(format)}}, settings: { kafka_flush_interval_ms: 300 } }]
        into: {{into}}
        errors: { table: ingestion_errors }
        """;

    private const string Schema = """
        syntax = "proto3";
        // Quotes 'like these', commas, (parentheses) and a \ are part of the table's definition.
        message Message {
          int64 id = 1;
          string name = 2;
          repeated string tags = 3;
        }
        """;

    private const string Orders = """
        syntax = "proto3";
        package shop;
        message Customer { string city = 1; bool vip = 2; }
        enum Kind { none = 0; small = 1; big = 2; }
        message Order {
          int64 id = 1;
          string name = 2;
          repeated string tags = 3;
          optional double price = 4;
          Customer customer = 5;
          Kind kind = 15;
        }
        message Short { int64 id = 7; string name = 9; }
        """;

    private const string Protobuf = """
        pipeline: protobuf
        role: events
        columns:
          id: Int64
          name: String
          tags: Array(String)
          price: Nullable(Float64)
          customer: Tuple(city String, vip Bool)
          kind: "Enum8('none' = 0, 'small' = 1, 'big' = 2)"
        legs:
          - broker: msk
            topic: protobuf
            group: protobuf
            format: ProtobufSingle
            schema: { file: formats/order.proto, message: Order }
            settings: { kafka_flush_interval_ms: 300 }
        into: { table: protobuf, engine: MergeTree, order_by: [id] }
        also:
          short:
            into: { kafka: { broker: msk, topic: protobuf_too, key: id, format: ProtobufSingle, schema: { file: formats/order.proto, message: Short } } }
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
