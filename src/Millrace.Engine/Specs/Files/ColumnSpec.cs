using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A message column of a pipeline.</summary>
internal static class ColumnSpec
{
    private static readonly Field<string> Type = Field.Required(
        "type", Text.Type, "ClickHouse type", example: "DateTime64(6, 'UTC')");

    private static readonly Field<string> Codec = Field.Optional(
        "codec", Text.Codec, "Codec where it is stored", example: "ZSTD(3)");

    private static readonly Field<string> Comment = Field.Optional("comment", Text.Any, "Comment where it is stored");

    private static readonly ObjectShape<Column> Full = new(
        "column",
        "A column of the message; `name: Type` is short for `name: { type: Type }`",
        [Type, Codec, Comment],
        v => new Column(v.Key, v.Get(Type), v.Find(Codec), v.Find(Comment)));

    public static readonly Shape<Column> Shape = new ShorthandShape<Column, string>(Text.Type, Type, Full);
}
