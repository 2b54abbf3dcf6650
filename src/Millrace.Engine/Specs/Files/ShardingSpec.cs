using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The value of <c>shard_by</c>: an expression, <c>none</c>, or a ring with its key.</summary>
/// <param name="Expression">Null for <c>none</c>, and for a ring.</param>
internal sealed record ShardingSpec(string? Expression, RingPlacement? Ring)
{
    private const string NotSharded = "none";

    private static readonly Field<string> Written = Field.Optional("expression", Text.Expression, "Written instead of the mapping");

    private static readonly Field<string> RingName = Field.Required(
        "ring", Text.Name, "A ring of the fleet", example: "main");

    private static readonly Field<ImmutableArray<string>> Key = Field.Required(
        "key",
        new ListShape<string>(Text.Column, "column names", least: 1),
        "The columns that decide; rows that agree in all of them share a shard",
        example: "[customer_id, event_type]");

    private static readonly ObjectShape<ShardingSpec> Full = new(
        "ring placement",
        "Places rows by a ring instead of an expression",
        [RingName, Key],
        v => v.Find(Written) is { } expression
            ? new ShardingSpec(expression == NotSharded ? null : expression, null)
            : new ShardingSpec(null, new RingPlacement(v.Get(RingName), v.Get(Key))));

    public static readonly Shape<ShardingSpec> Shape = new ShorthandShape<ShardingSpec, string>(Text.Expression, Written, Full);

    public static readonly ShardingSpec None = new(null, null);
}
