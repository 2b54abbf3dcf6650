using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Millrace.Engine.Watch;

namespace Millrace.Cli.Watching;

/// <summary>One line for everything worth telling: when, which node, what.</summary>
public sealed class WatchLog(TextWriter writer, bool json, TimeProvider time) : IWatchListener
{
    private const string NoNode = "fleet";

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock gate = new();
    private readonly Dictionary<string, string> latest = new(StringComparer.Ordinal);

    public void On(WatchEvent happened)
    {
        if (WatchWords.Of(happened) is not { } line)
            return;
        lock (gate)
            // The same trouble of the same node every second is one line.
            if (!WatchWords.MayRepeat(happened) || !latest.TryGetValue(line.Node ?? NoNode, out var before) || before != line.Text)
            {
                latest[line.Node ?? NoNode] = line.Text;
                writer.WriteLine(json ? Json(line) : $"{Now()}  {line.Level,-4}  {line.Node ?? NoNode,-12}  {line.Text}");
            }
    }

    private string Json((string? Node, string Level, string What, string Text) line) => new JsonObject
    {
        ["time"] = Now(),
        ["level"] = line.Level,
        ["node"] = line.Node,
        ["what"] = line.What,
        ["text"] = line.Text,
    }.ToJsonString(OneLine);

    private string Now() => $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}";
}
