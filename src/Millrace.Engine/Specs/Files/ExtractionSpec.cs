using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The extraction of a pipeline.</summary>
internal static class ExtractionSpec
{
    private static readonly Field<string> From = Field.Required(
        "from", Text.Column, "The message column (String) that holds the JSON object", example: "properties");

    private static readonly Field<ImmutableArray<KeyValuePair<string, ExtractedColumn>>> Columns = Field.List(
        "columns",
        new MapShape<ExtractedColumn>(Text.Column, ExtractedColumnSpec.Shape, "extracted columns"),
        "Columns to take out",
        example: "{ mat_browser: $browser }");

    private static readonly Field<string> Rest = Field.Optional(
        "rest", Text.Column, "Name of a `Map(String, String)` column that gets every key", example: "properties_map");

    private static readonly Field<ImmutableArray<string>> RestKeys = Field.List(
        "rest_keys",
        new ListShape<string>(Text.Any, "JSON keys"),
        "Only these keys go into the map",
        example: "[$referrer, $ip]",
        otherwise: "all");

    public static readonly ObjectShape<Extraction> Shape = new(
        "extraction",
        "Typed columns and a map out of one JSON column, parsed once per row",
        [From, Columns, Rest, RestKeys],
        v => new Extraction(v.Get(From), [.. v.Get(Columns).Select(c => c.Value)], v.Find(Rest), v.Get(RestKeys)));
}
