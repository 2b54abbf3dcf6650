using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Millrace.Engine.Breaking;

/// <summary>Rows that differ from a line of JSON in some columns only.</summary>
internal static class RowVariants
{
    /// <summary>The same row as a producer sends it that knows nothing of a column.</summary>
    public static string Without(string line, string column) => Changed(line, property => property.Name == column ? null : property.Value.GetRawText());

    /// <summary>The same row without values of some columns.</summary>
    public static string WithNull(string line, IReadOnlyCollection<string> columns) =>
        Changed(line, property => columns.Contains(property.Name) ? "null" : property.Value.GetRawText());

    /// <summary>The same row with other values.</summary>
    /// <param name="values">JSON by column.</param>
    public static string With(string line, ImmutableDictionary<string, string> values) =>
        Changed(line, property => values.GetValueOrDefault(property.Name) ?? property.Value.GetRawText());

    private static string Changed(string line, Func<JsonProperty, string?> value)
    {
        using var row = JsonDocument.Parse(line);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var property in row.RootElement.EnumerateObject())
                if (value(property) is { } text)
                {
                    writer.WritePropertyName(property.Name);
                    writer.WriteRawValue(text, skipInputValidation: true);
                }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
