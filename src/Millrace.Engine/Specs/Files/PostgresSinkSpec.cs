using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The Postgres table that a pipeline upserts into.</summary>
internal static class PostgresSinkSpec
{
    private static readonly Field<string> Connection = Field.Required(
        "connection", Text.Name, "The connection, by its name in the fleet", example: "main");

    private static readonly Field<string> Table = Field.Required(
        "table", Text.Column, "The table in Postgres; Millrace does not create it", example: "property_definitions");

    private static readonly Field<string> Schema = Field.Optional(
        "schema", Text.Column, "Its schema", example: "public", otherwise: "the user's search path");

    private static readonly Field<ImmutableArray<string>> Keys = Field.Required(
        "keys",
        new ListShape<string>(Text.Column, "column names", least: 1),
        "The columns of the unique index that tells whether a row is there",
        example: "[project_id, event, property]");

    private static readonly Field<ImmutableArray<KeyValuePair<string, UpdateRule>>> Update = Field.List(
        "update",
        new MapShape<UpdateRule>(
            Text.Column,
            new ChoiceShape<UpdateRule>(("latest", UpdateRule.Latest), ("max", UpdateRule.Max), ("min", UpdateRule.Min)),
            "columns"),
        "Columns brought up to date when the row is there, each with the value that wins; a row that would stay the same is not written",
        example: "{ property_type: latest, last_seen_at: max }",
        otherwise: "a row that is there is left alone");

    private static readonly Field<ImmutableArray<string>> Insert = Field.List(
        "insert", new ListShape<string>(Text.Column, "column names"), "Columns that are only written with a new row", example: "[created_at]");

    private static readonly Field<ImmutableArray<KeyValuePair<string, int>>> Longest = Field.List(
        "longest",
        new MapShape<int>(Text.Column, new WholeNumberShape(1, 10_000_000), "columns"),
        "Longest text of a column, in characters",
        example: "{ event: 400 }",
        otherwise: "no limit");

    private static readonly Field<TextRule> TooLong = Field.WithDefault(
        "too_long",
        new ChoiceShape<TextRule>(("skip", TextRule.Skip), ("cut", TextRule.Mend)),
        TextRule.Skip,
        "skip",
        "What becomes of a row with longer text; the error table records it either way");

    private static readonly Field<TextRule> Unstorable = Field.WithDefault(
        "unstorable",
        new ChoiceShape<TextRule>(("replace", TextRule.Mend), ("skip", TextRule.Skip)),
        TextRule.Mend,
        "replace",
        "What becomes of text with NUL or bytes that are not UTF-8; the error table records it either way");

    private static readonly Field<string> WritableTable = Field.Optional(
        "writable_table", Text.Table, "Name of the table that views write to", otherwise: "the naming rule");

    public static readonly ObjectShape<Sink> Shape = new(
        "postgres",
        "A Postgres table: one row for each key, upserted",
        [Connection, Table, Schema, Keys, Update, Insert, Longest, TooLong, Unstorable, WritableTable],
        v => new PostgresSink
        {
            Connection = v.Get(Connection),
            Table = v.Get(Table),
            Schema = v.Find(Schema),
            Keys = v.Get(Keys),
            Update = [.. v.Get(Update).Select(column => new UpdatedColumn(column.Key, column.Value))],
            Insert = v.Get(Insert),
            Longest = v.Get(Longest).ToImmutableSortedDictionary(StringComparer.Ordinal),
            TooLong = v.Get(TooLong),
            Unstorable = v.Get(Unstorable),
            WritableTable = v.Find(WritableTable),
        });
}
