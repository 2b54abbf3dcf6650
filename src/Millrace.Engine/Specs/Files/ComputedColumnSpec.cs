using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A column computed in the view.</summary>
internal static class ComputedColumnSpec
{
    private static readonly Field<string> Type = Field.Required(
        "type",
        Text.Type,
        "ClickHouse type; declared, so that a server upgrade cannot change it silently",
        example: "Date");

    private static readonly Field<string> Expression = Field.Required(
        "expr", Text.Expression, "Expression over message and extracted columns", example: "toDate(timestamp)");

    private static readonly Field<string> Codec = Field.Optional(
        "codec", Text.Codec, "Codec where it is stored", example: "Delta, ZSTD(1)");

    public static readonly ObjectShape<ComputedColumn> Shape = new(
        "computed column",
        "A column computed in the view, on the ingestion nodes",
        [Type, Expression, Codec],
        v => new ComputedColumn(v.Key, v.Get(Type), v.Get(Expression), v.Find(Codec)));
}
