using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A column that only the data table has.</summary>
internal static class StoredColumnSpec
{
    private static readonly Field<string> Type = Field.Required(
        "type", Text.Type, "ClickHouse type", example: "DateTime");

    private static readonly Field<string> Default = Field.Optional(
        "default", Text.Expression, "Computed at insert when the stream does not give it", example: "now()");

    private static readonly Field<string> Materialized = Field.Optional(
        "materialized", Text.Expression, "Computed at insert, always", example: "lower(event)");

    private static readonly Field<string> Alias = Field.Optional(
        "alias", Text.Expression, "Computed at every read, not stored", example: "toDate(timestamp)");

    private static readonly Field<string> Codec = Field.Optional("codec", Text.Codec, "Its codec", example: "ZSTD(3)");

    public static readonly ObjectShape<StoredColumn> Shape = new(
        "stored column",
        "A column that only the data table has: the server fills it from others",
        [Type, Default, Materialized, Alias, Codec],
        Build)
    {
        OneOf = [[Default, Materialized, Alias]],
    };

    private static StoredColumn Build(FieldValues v)
    {
        var (kind, expression) =
            v.Find(Default) is { } value ? (StoredColumnKind.Default, value)
            : v.Find(Materialized) is { } computed ? (StoredColumnKind.Materialized, computed)
            : (StoredColumnKind.Alias, v.Get(Alias));
        return new StoredColumn(v.Key, v.Get(Type), kind, expression, v.Find(Codec));
    }
}
