using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A column taken out of the JSON object.</summary>
internal static class ExtractedColumnSpec
{
    private static readonly Field<string> Key = Field.Required(
        "key", Text.Any, "JSON key, taken literally: a dot is part of the name", example: "$browser");

    private static readonly Field<string> Type = Field.WithDefault(
        "type",
        Text.Type,
        "String",
        "String",
        "ClickHouse type; a missing key gives its default, or NULL when it is Nullable",
        example: "Float64");

    private static readonly Field<string> Codec = Field.Optional(
        "codec", Text.Codec, "Codec where it is stored", example: "ZSTD(3)");

    private static readonly ObjectShape<ExtractedColumn> Full = new(
        "extracted column",
        "One property of the JSON object as a column; `name: key` is short for `name: { key: key }`",
        [Key, Type, Codec],
        v => new ExtractedColumn(v.Key, v.Get(Key), v.Get(Type), v.Find(Codec)));

    public static readonly Shape<ExtractedColumn> Shape = new ShorthandShape<ExtractedColumn, string>(
        Text.Any, Key, Full);
}
