using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>The schema of messages; the loader reads the file.</summary>
internal static class FormatSchemaSpec
{
    private static readonly Field<string> File = Field.Required(
        "file", Text.File, "The schema's file, relative to the project folder; its text becomes part of the table", example: "formats/order.proto");

    private static readonly Field<string> Message = Field.Required(
        "message", Text.Any, "The message type in it", example: "Order");

    public static readonly ObjectShape<FormatSchema> Shape = new(
        "message schema",
        "What messages look like, for formats that do not say it themselves",
        [File, Message],
        v => new FormatSchema(v.Get(File), v.Get(Message)));
}
