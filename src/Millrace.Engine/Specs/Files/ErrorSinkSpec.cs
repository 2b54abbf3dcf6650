using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The error policy of a pipeline.</summary>
internal static class ErrorSinkSpec
{
    private static readonly Field<string> Table = Field.Required(
        "table",
        Text.Table,
        "Table that keeps messages that did not parse; pipelines may share it",
        example: "ingestion_errors");

    private static readonly Field<string> Cluster = Field.Optional(
        "cluster",
        Text.Name,
        "The cluster that holds it",
        example: "data_single",
        otherwise: "the only single-shard one, else the sink's");

    private static readonly Field<int> KeepDays = Field.WithDefault(
        "keep_days", new WholeNumberShape(1, 36_500), 30, "30", "Rows are deleted after this many days");

    public static readonly ObjectShape<ErrorSink> Shape = new(
        "error policy",
        "Where messages that do not parse go, with topic, partition and offset",
        [Table, Cluster, KeepDays],
        v => new ErrorSink(v.Get(Table), v.Find(Cluster), v.Get(KeepDays)));
}
