using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A leg of a pipeline.</summary>
internal static class LegSpec
{
    private static readonly Field<string> Broker = Field.Required(
        "broker", Text.Name, "The broker, by its name in the fleet", example: "msk");

    private static readonly Field<string> Topic = Field.Required(
        "topic", Text.Any, "Topic to consume", example: "events");

    private static readonly Field<string> Group = Field.Required(
        "group",
        Text.Any,
        "Consumer group; it holds the offsets, so a new name starts anew",
        example: "clickhouse_events");

    internal static readonly TextShape FormatName = new("a ClickHouse format", "^[A-Za-z][A-Za-z0-9]*$");

    private static readonly Field<string> Format = Field.WithDefault(
        "format",
        FormatName,
        "JSONEachRow",
        "JSONEachRow",
        "Message format, as ClickHouse names it",
        example: "Avro");

    private static readonly Field<FormatSchema> Schema = Field.Optional(
        "schema",
        FormatSchemaSpec.Shape,
        "Schema of the messages, for formats such as ProtobufSingle",
        example: "{ file: formats/order.proto, message: Order }");

    private static readonly Field<int> Consumers = Field.WithDefault(
        "consumers", new WholeNumberShape(1, 1024), 1, "1", "Consumers on each node of the role", example: "4");

    private static readonly Field<int> Partitions = Field.Optional(
        "partitions",
        new WholeNumberShape(1, 100_000),
        "Partitions of the topic, to check consumers against",
        example: "8");

    private static readonly Field<string> Name = Field.Optional(
        "name",
        Text.Name,
        "Name of the leg within the pipeline",
        example: "warpstream",
        otherwise: "the broker's name");

    private static readonly Field<ImmutableArray<KeyValuePair<string, string>>> Settings = Field.List(
        "settings",
        SettingsShape.Of("settings"),
        "Further settings of the Kafka table, by their full names",
        example: "{ kafka_flush_interval_ms: 7500 }");

    private static readonly Field<string> KafkaTable = Field.Optional(
        "kafka_table", Text.Table, "Name of the Kafka table", otherwise: "the naming rule");

    private static readonly Field<string> View = Field.Optional(
        "view", Text.Table, "Name of the data view", otherwise: "the naming rule");

    private static readonly Field<string> ErrorView = Field.Optional(
        "error_view", Text.Table, "Name of the error view", otherwise: "the naming rule");

    public static readonly ObjectShape<Leg> Shape = new(
        "leg",
        "One source: broker, topic and consumer group, with its own Kafka table and views",
        [Broker, Topic, Group, Format, Schema, Consumers, Partitions, Name, Settings, KafkaTable, View, ErrorView],
        v => new Leg
        {
            Name = v.Find(Name) ?? v.Get(Broker),
            Broker = v.Get(Broker),
            Topic = v.Get(Topic),
            Group = v.Get(Group),
            Format = v.Get(Format),
            Schema = v.Find(Schema),
            Consumers = v.Get(Consumers),
            Partitions = v.FindValue(Partitions),
            Settings = SettingsShape.Sorted(v.Get(Settings)),
            KafkaTable = v.Find(KafkaTable),
            View = v.Find(View),
            ErrorView = v.Find(ErrorView),
        });
}
