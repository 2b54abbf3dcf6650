using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>
/// The table between a leg and its several sinks. It keeps nothing; each block that is written to it goes to the views of all
/// sinks, parsed once.
/// </summary>
internal static class StreamTable
{
    public static TableDefinition Of(Pipeline pipeline, ObjectName name, string comment) => new()
    {
        Name = name,
        Columns =
        [
            .. pipeline.Columns.Select(column => new ColumnDefinition(column.Name, column.Type)),
            .. (pipeline.Extract is { } extract ? RowLayout.Extracted(extract) : []).Select(column => column.Bare()),
            .. Origin(pipeline),
        ],
        Engine = "Null",
        Comment = comment,
    };

    /// <summary>Where a message came from; sinks may select from it as if they read the Kafka table.</summary>
    public static IEnumerable<ColumnDefinition> Origin(Pipeline pipeline) => KafkaVirtuals.All.Where(origin =>
        origin.Name is not ("_raw_message" or "_error") && pipeline.Columns.All(column => column.Name != origin.Name));
}
