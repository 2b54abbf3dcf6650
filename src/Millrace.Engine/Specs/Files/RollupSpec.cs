using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A file of <c>rollups/</c>.</summary>
internal static class RollupSpec
{
    /// <summary>The key that names the rollup; the loader looks at it first, to know the path of everything else.</summary>
    public const string NameKey = "rollup";

    private static readonly Field<string> Name = Field.Required(
        NameKey, Text.Table, "Name of the rollup", example: "hourly");

    private static readonly Field<string> From = Field.Required(
        "from", Text.Table, "What it reads: the table of a pipeline, or another rollup", example: "events");

    private static readonly Field<string> Where = Field.Optional(
        "where", Text.Expression, "Only source rows for which this holds", example: "team_id > 0", otherwise: "all rows");

    private static readonly Field<ImmutableArray<KeyValuePair<string, string>>> GroupBy = Field.List(
        "group_by",
        new MapShape<string>(Text.Column, Text.Expression, "columns", least: 1),
        "The key: one row per value of it",
        example: "{ hour: toStartOfHour(timestamp), team_id: team_id }");

    private static readonly Field<ImmutableArray<KeyValuePair<string, string>>> Aggregates = Field.List(
        "aggregates",
        new MapShape<string>(Text.Column, Text.Expression, "aggregates"),
        "Aggregate functions as one writes them in a query; over another rollup also the name of one of its aggregates",
        example: "{ events: count(), users: uniq(user_id) }");

    private static readonly Field<ImmutableArray<KeyValuePair<string, string>>> Columns = Field.List(
        "columns",
        new MapShape<string>(Text.Column, Text.Expression, "columns", least: 1),
        "Instead of a key: columns that are filled row by row, for a ReplacingMergeTree and its like",
        example: "{ user_id: user_id, plan: plan, at: timestamp }");

    private static readonly Field<RollupTarget> Into = Field.Optional(
        "into", RollupTargetSpec.Shape, "The table that it fills", otherwise: "an AggregatingMergeTree of the rollup's name");

    private static readonly Field<ImmutableArray<string>> ReadOn = Field.List(
        "read_on", new ListShape<string>(Text.Name, "roles"), "Query roles that read it", example: "[query]", otherwise: "all of them");

    public static readonly ObjectShape<Rollup> Shape = new(
        "rollup",
        "One incremental aggregate: a materialized view on storage, the table it fills, and the views that people read",
        [Name, From, Where, GroupBy, Aggregates, Columns, Into, ReadOn],
        v => new Rollup
        {
            Name = v.Get(Name),
            From = v.Get(From),
            Where = v.Find(Where),
            GroupBy = Named(v.Get(GroupBy)),
            Aggregates = Named(v.Get(Aggregates)),
            Columns = Named(v.Get(Columns)),
            Into = Target(v.Find(Into) ?? new RollupTarget { Table = "" }, v.Get(Name)),
            ReadOn = v.Get(ReadOn),
        })
    {
        OneOf = [[GroupBy, Columns]],
    };

    private static RollupTarget Target(RollupTarget written, string name) =>
        written.Table.Length > 0 ? written : written with { Table = name };

    private static ImmutableArray<RollupColumn> Named(ImmutableArray<KeyValuePair<string, string>> columns) =>
        [.. columns.Select(column => new RollupColumn(column.Key, column.Value))];
}
