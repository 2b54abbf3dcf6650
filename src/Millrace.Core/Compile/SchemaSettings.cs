using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>
/// The settings by which a table knows the schema of its messages. The schema itself is in them: a blank node needs no file,
/// and a change of the schema is a change of the table. (<c>kafka_schema</c> would take its braces for macros.)
/// </summary>
internal static class SchemaSettings
{
    public static ImmutableSortedDictionary<string, string> Add(ImmutableSortedDictionary<string, string> settings, FormatSchema? schema) =>
        schema is null ? settings : settings.SetItems(Of(schema));

    /// <summary>A query that has the engine compare columns and schema: creating the table does not.</summary>
    public static string? Probe(FormatSchema? schema, string format, IEnumerable<ColumnDefinition> columns) => schema is null ? null
        : $"SELECT * FROM null({Quote.Text(string.Join(", ", columns.Select(column => column.Bare().ToSql())))})\n"
            + $"SETTINGS {string.Join(", ", Of(schema).Select(setting => $"{setting.Key} = {Quote.Text(setting.Value)}"))}\nFORMAT {format}";

    private static Dictionary<string, string> Of(FormatSchema schema) => new(StringComparer.Ordinal)
    {
        ["format_schema"] = schema.Text,
        ["format_schema_message_name"] = schema.Message,
        ["format_schema_source"] = "string",
    };
}
