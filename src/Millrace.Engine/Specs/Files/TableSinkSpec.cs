using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The table that a pipeline fills.</summary>
internal static class TableSinkSpec
{
    private static readonly Field<string> Table = Field.Required(
        "table", Text.Table, "The name that people query", example: "events");

    private static readonly Field<string> Cluster = Field.Optional(
        "cluster", Text.Name, "The cluster that holds it", example: "data", otherwise: "the only one that fits");

    private static readonly Field<string> Engine = Field.Required(
        "engine",
        Text.Expression,
        "MergeTree family engine with its arguments, without `Replicated`",
        example: "ReplacingMergeTree(_timestamp)");

    private static readonly Field<string> PartitionBy = Field.Optional(
        "partition_by",
        Text.Expression,
        "Partition expression",
        example: "toYYYYMM(timestamp)",
        otherwise: "one partition");

    private static readonly Field<ImmutableArray<string>> OrderBy = Field.Required(
        "order_by",
        new ListShape<string>(Text.Expression, "columns or expressions"),
        "Sorting key; `[]` for none",
        example: "[team_id, toDate(timestamp), event]");

    private static readonly Field<ImmutableArray<string>> PrimaryKey = Field.List(
        "primary_key",
        new ListShape<string>(Text.Expression, "columns or expressions"),
        "Primary key, a beginning of the sorting key",
        otherwise: "the sorting key");

    private static readonly Field<ShardingSpec> ShardBy = Field.WithDefault(
        "shard_by",
        ShardingSpec.Shape,
        ShardingSpec.None,
        "none",
        "Sharding expression, always the same for the same row; `{ ring: NAME, key: [COLUMN, ...] }` to place rows by a ring; `none` for a table that is not sharded",
        example: "sipHash64(distinct_id)");

    private static readonly Field<string> Ttl = Field.Optional(
        "ttl",
        Text.Expression,
        "Expression that says when rows are deleted or moved",
        example: "toDateTime(timestamp) + INTERVAL 1 YEAR");

    private static readonly Field<ImmutableArray<KeyValuePair<string, string>>> Settings = Field.List(
        "settings", SettingsShape.Of("settings"), "MergeTree settings", example: "{ index_granularity: 8192 }");

    private static readonly Field<ImmutableArray<KeyValuePair<string, StoredColumn>>> Columns = Field.List(
        "columns",
        new MapShape<StoredColumn>(Text.Column, StoredColumnSpec.Shape, "stored columns"),
        "Columns that only storage has");

    private static readonly Field<ImmutableArray<string>> Omit = Field.List(
        "omit",
        new ListShape<string>(Text.Column, "column names"),
        "Columns of the stream that are not stored, such as the JSON that was extracted",
        example: "[properties]");

    private static readonly Field<ImmutableArray<string>> ReadOn = Field.List(
        "read_on",
        new ListShape<string>(Text.Name, "roles"),
        "Query roles that read it",
        example: "[query]",
        otherwise: "all of them");

    private static readonly Field<string> DataTable = Field.Optional(
        "data_table", Text.Table, "Name of the table on storage", otherwise: "the naming rule");

    private static readonly Field<string> WritableTable = Field.Optional(
        "writable_table", Text.Table, "Name of the table that ingestion nodes write to", otherwise: "the naming rule");

    public static readonly ObjectShape<Sink> Shape = new(
        "sink",
        "The table on storage, with the Distributed tables that write and read it",
        [Table, Cluster, Engine, PartitionBy, OrderBy, PrimaryKey, ShardBy, Ttl, Settings, Columns, Omit, ReadOn, DataTable, WritableTable],
        Build);

    private static TableSink Build(FieldValues v) => new()
    {
        Table = v.Get(Table),
        Cluster = v.Find(Cluster),
        Engine = v.Get(Engine),
        PartitionBy = v.Find(PartitionBy),
        OrderBy = v.Get(OrderBy),
        PrimaryKey = v.Get(PrimaryKey),
        ShardBy = v.Get(ShardBy).Expression,
        Ring = v.Get(ShardBy).Ring,
        Ttl = v.Find(Ttl),
        Settings = SettingsShape.Sorted(v.Get(Settings)),
        Columns = [.. v.Get(Columns).Select(c => c.Value)],
        Omit = v.Get(Omit),
        ReadOn = v.Get(ReadOn),
        DataTable = v.Find(DataTable),
        WritableTable = v.Find(WritableTable),
    };
}
