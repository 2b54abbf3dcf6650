using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A file of <c>pipelines/</c>.</summary>
internal static class PipelineSpec
{
    /// <summary>The key that names the pipeline; the loader looks at it first, to know the path of everything else.</summary>
    public const string NameKey = "pipeline";

    private const string NoErrorPolicy = "MR201";

    private static readonly Field<string> Name = Field.Required(
        NameKey, Text.Name, "Name of the pipeline", example: "events");

    private static readonly Field<string> Role = Field.Required(
        "role", Text.Name, "The ingestion role that runs it", example: "events");

    private static readonly Field<ImmutableArray<KeyValuePair<string, Column>>> Columns = Field.Required(
        "columns",
        new MapShape<Column>(Text.Column, ColumnSpec.Shape, "columns", least: 1),
        "The message, in ClickHouse types",
        example: "{ uuid: UUID, properties: String }");

    private static readonly Field<Extraction> Extract = Field.Optional(
        "extract", ExtractionSpec.Shape, "Typed columns out of one JSON column");

    private static readonly Field<ImmutableArray<KeyValuePair<string, ComputedColumn>>> Select = Field.List(
        "select",
        new MapShape<ComputedColumn>(Text.Column, ComputedColumnSpec.Shape, "computed columns"),
        "Columns computed in the view",
        example: "{ day: { type: Date, expr: toDate(timestamp) } }");

    private static readonly Field<string> Where = Field.Optional(
        "where",
        Text.Expression,
        "Only rows for which this holds are stored",
        example: "team_id > 0",
        otherwise: "all rows");

    private static readonly Field<ImmutableArray<Leg>> Legs = Field.Required(
        "legs",
        new ListShape<Leg>(LegSpec.Shape, "legs", least: 1),
        "The sources",
        example: "[{ broker: msk, topic: events, group: clickhouse_events }]");

    private static readonly Field<Sink> Into = Field.Required(
        "into",
        SinkSpec.Shape,
        "Where the rows go: a table, a Kafka topic or a Postgres table",
        example: "{ table: events, engine: MergeTree, order_by: [timestamp] }");

    private static readonly Field<ImmutableArray<KeyValuePair<string, BranchSpec>>> Also = Field.List(
        "also",
        new MapShape<BranchSpec>(Text.Name, BranchSpec.Shape, "further sinks"),
        "Further sinks of the same stream, each with a name",
        example: "{ by_name: { into: { kafka: { broker: msk, topic: events_by_name, key: event } } } }");

    private static readonly Field<ErrorSink> Errors = Field.Required(
        "errors",
        ErrorSinkSpec.Shape,
        "Where messages that do not parse go; mandatory",
        example: "{ table: ingestion_errors }",
        whenMissing: new MissingField(
            NoErrorPolicy,
            "an error policy is mandatory: without one, a single message that does not parse stops its partition for ever",
            "add `errors: { table: ingestion_errors }`; pipelines may share the table"));

    public static readonly ObjectShape<PipelineFile> Shape = new(
        "pipeline",
        "One stream: legs -> columns, extraction, computed columns, filter -> one sink, or several",
        [Name, Role, Columns, Extract, Select, Where, Legs, Into, Also, Errors],
        v =>
        {
            var stream = new Pipeline
            {
                Name = v.Get(Name),
                Role = v.Get(Role),
                Columns = [.. v.Get(Columns).Select(c => c.Value)],
                Extract = v.Find(Extract),
                Select = [.. v.Get(Select).Select(c => c.Value)],
                Where = v.Find(Where),
                Legs = v.Get(Legs),
                Into = v.Get(Into),
                Errors = v.Get(Errors),
            };
            return new PipelineFile([stream, .. v.Get(Also).Select(sink => sink.Value.Of(stream))]);
        });
}
