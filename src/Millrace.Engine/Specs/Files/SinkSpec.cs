using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The value of <c>into</c>: a table, or <c>{ kafka: ... }</c>, or <c>{ postgres: ... }</c>.</summary>
internal static class SinkSpec
{
    private static readonly Field<Sink> Kafka = Field.Required(
        "kafka", KafkaSinkSpec.Shape, "A topic that the rows are produced to", example: "{ broker: msk, topic: events_by_key, key: team_id }");

    private static readonly Field<Sink> Postgres = Field.Required(
        "postgres", PostgresSinkSpec.Shape, "A Postgres table that the rows are upserted into", example: "{ connection: main, table: users, keys: [id] }");

    public static readonly Shape<Sink> Shape = new AlternativesShape<Sink>(
        TableSinkSpec.Shape,
        ("kafka", new ObjectShape<Sink>("Kafka sink", "Written instead of a table", [Kafka], v => v.Get(Kafka))),
        ("postgres", new ObjectShape<Sink>("Postgres sink", "Written instead of a table", [Postgres], v => v.Get(Postgres))));
}
