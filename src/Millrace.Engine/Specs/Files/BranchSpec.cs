using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>One more sink of a stream, under <c>also</c>.</summary>
/// <param name="Group">Its own consumer group; null for the stream's consumption.</param>
internal sealed record BranchSpec(string Sink, string? Group, ImmutableArray<ComputedColumn> Select, string? Where, Sink Into)
{
    private static readonly Field<string> GroupField = Field.Optional(
        "group",
        Text.Any,
        "Consumer group of its own: the sink then consumes by itself, with tables and views of its own, and no other sink can hold it up",
        example: "clickhouse_events_by_name",
        otherwise: "the consumption of the stream, whose messages are parsed once for all its sinks");

    private static readonly Field<ImmutableArray<KeyValuePair<string, ComputedColumn>>> SelectField = Field.List(
        "select",
        new MapShape<ComputedColumn>(Text.Column, ComputedColumnSpec.Shape, "computed columns"),
        "Columns computed for this sink",
        example: "{ day: { type: Date, expr: toDate(timestamp) } }");

    private static readonly Field<string> WhereField = Field.Optional(
        "where",
        Text.Expression,
        "Only rows for which this holds go to this sink",
        example: "event = 'order'",
        otherwise: "all rows");

    private static readonly Field<Sink> IntoField = Field.Required(
        "into",
        SinkSpec.Shape,
        "Where the rows go: a table, a Kafka topic or a Postgres table",
        example: "{ kafka: { broker: msk, topic: events_by_name, key: event } }");

    public static readonly ObjectShape<BranchSpec> Shape = new(
        "further sink",
        "One more sink of the same stream: `columns` and `extract` are shared, `select`, `where` and `into` are its own",
        [GroupField, SelectField, WhereField, IntoField],
        v => new BranchSpec(v.Key, v.Find(GroupField), [.. v.Get(SelectField).Select(c => c.Value)], v.Find(WhereField), v.Get(IntoField)));

    /// <summary>The sink as the pipeline that it is.</summary>
    public Pipeline Of(Pipeline stream) => stream with
    {
        Name = $"{stream.Name}_{Sink}",
        Branch = new Branch(stream.Name, Sink),
        Select = Select,
        Where = Where,
        Into = Into,
        Legs = Group is null ? [] : [.. stream.Legs.Select(leg => leg with { Group = Group, KafkaTable = null, View = null, ErrorView = null })],
    };
}
