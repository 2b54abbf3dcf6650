using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millrace.Cli.Output;

/// <summary>JSON on standard output: indented, and with quotes and backticks left readable, since no browser reads it.</summary>
public static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Terminal terminal, JsonNode document) => terminal.Out.WriteLine(Text(document));

    public static string Text(JsonNode document) => document.ToJsonString(Options);
}
