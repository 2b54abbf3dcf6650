using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The SELECT of a leg's data view: message columns, extraction, computed columns and where the message came from.</summary>
internal static class DataSelect
{
    public static string Render(Pipeline pipeline, ObjectName kafka)
    {
        var columns = pipeline.Columns
            .Where(column => !pipeline.Into.Omit.Contains(column.Name))
            .Select(column => Quote.Name(column.Name))
            .Concat(pipeline.Select.Select(column => $"{column.Expression} AS {Quote.Name(column.Name)}"))
            .Concat(KafkaVirtuals.StoredSelect);
        var filter = pipeline.Where is null ? "" : $"\n  AND ({pipeline.Where})";
        return $"SELECT\n    {string.Join(",\n    ", columns)}\nFROM {Quote.Name(kafka)}\nWHERE length(_error) = 0{filter}";
    }
}
