using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The table that a rollup fills.</summary>
internal static class RollupTargetSpec
{
    private static readonly Field<string> Table = Field.Optional(
        "table", Text.Table, "The name that people query", example: "hourly", otherwise: "the rollup's name");

    private static readonly Field<string> Engine = Field.WithDefault(
        "engine",
        Text.Expression,
        "AggregatingMergeTree",
        "AggregatingMergeTree",
        "MergeTree family engine with its arguments, without `Replicated`",
        example: "SummingMergeTree");

    private static readonly Field<string> PartitionBy = Field.Optional(
        "partition_by", Text.Expression, "Partition expression", example: "toYYYYMM(hour)", otherwise: "one partition");

    private static readonly Field<ImmutableArray<string>> OrderBy = Field.List(
        "order_by",
        new ListShape<string>(Text.Expression, "columns or expressions"),
        "Sorting key",
        example: "[team_id, hour]",
        otherwise: "what it groups by, in that order");

    private static readonly Field<string> Ttl = Field.Optional(
        "ttl", Text.Expression, "Expression that says when rows are deleted or moved", example: "hour + INTERVAL 2 YEAR");

    private static readonly Field<ImmutableArray<KeyValuePair<string, string>>> Settings = Field.List(
        "settings", SettingsShape.Of("settings"), "MergeTree settings", example: "{ index_granularity: 8192 }");

    public static readonly ObjectShape<RollupTarget> Shape = new(
        "rollup target",
        "The table that a rollup fills; it is on the shards of what the rollup reads",
        [Table, Engine, PartitionBy, OrderBy, Ttl, Settings],
        v => new RollupTarget
        {
            Table = v.Find(Table) ?? "",
            Engine = v.Get(Engine),
            PartitionBy = v.Find(PartitionBy),
            OrderBy = v.Get(OrderBy),
            Ttl = v.Find(Ttl),
            Settings = SettingsShape.Sorted(v.Get(Settings)),
        });
}
