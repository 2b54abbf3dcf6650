using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The topic that a pipeline produces to.</summary>
internal static class KafkaSinkSpec
{
    private static readonly Field<string> Broker = Field.Required(
        "broker", Text.Name, "The broker, by its name in the fleet", example: "msk");

    private static readonly Field<string> Topic = Field.Required(
        "topic", Text.Any, "Topic to produce to", example: "events_by_key");

    private static readonly Field<string> Key = Field.Required(
        "key",
        Text.Expression,
        "Expression over the columns that becomes the message key: equal keys share a partition, in their order",
        example: "concat(toString(team_id), ':', event)");

    private static readonly Field<string> Format = Field.WithDefault(
        "format", LegSpec.FormatName, "JSONEachRow", "JSONEachRow", "Message format, as ClickHouse names it", example: "Avro");

    private static readonly Field<FormatSchema> Schema = Field.Optional(
        "schema",
        FormatSchemaSpec.Shape,
        "Schema of the messages, for formats such as ProtobufSingle",
        example: "{ file: formats/order.proto, message: Order }");

    private static readonly Field<Partitioner> Partitioner = Field.WithDefault(
        "partitioner",
        new ChoiceShape<Partitioner>([.. Enum.GetValues<Partitioner>().Select(partitioner => (CollectionNames.Word(partitioner), partitioner))]),
        Core.Model.Partitioner.ConsistentRandom,
        CollectionNames.Word(Core.Model.Partitioner.ConsistentRandom),
        "How a key finds its partition: as librdkafka does, as Java's clients do, or as Sarama does",
        example: "murmur2_random");

    private static readonly Field<ImmutableArray<string>> Omit = Field.List(
        "omit", new ListShape<string>(Text.Column, "column names"), "Columns of the stream that are not produced", example: "[properties]");

    private static readonly Field<ImmutableArray<KeyValuePair<string, string>>> Settings = Field.List(
        "settings",
        SettingsShape.Of("settings"),
        "Further settings of the producer's table, by their full names",
        example: "{ output_format_json_quote_64bit_integers: 1 }");

    private static readonly Field<string> ProducerTable = Field.Optional(
        "producer_table", Text.Table, "Name of the table that views write to", otherwise: "the naming rule");

    public static readonly ObjectShape<Sink> Shape = new(
        "kafka",
        "A Kafka topic: one message a row, with a key of its own",
        [Broker, Topic, Key, Format, Schema, Partitioner, Omit, Settings, ProducerTable],
        v => new KafkaSink
        {
            Broker = v.Get(Broker),
            Topic = v.Get(Topic),
            Key = v.Get(Key),
            Format = v.Get(Format),
            Schema = v.Find(Schema),
            Partitioner = v.Get(Partitioner),
            Omit = v.Get(Omit),
            Settings = SettingsShape.Sorted(v.Get(Settings)),
            ProducerTable = v.Find(ProducerTable),
        });
}
