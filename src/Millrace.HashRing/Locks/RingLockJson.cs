using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Millrace.HashRing;

/// <summary>
/// The lock file's text: JSON with one line per shard, newest epoch first, so that a change reads as a block of added
/// lines. The same ring always renders to the same bytes, and rendering what was parsed gives the file back.
/// </summary>
public static class RingLockJson
{
    /// <summary>The version of the format that this library writes and reads.</summary>
    public const int Format = 1;

    internal const string Moment = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The file's text, with Unix line ends.</summary>
    public static string Render(RingLock ring)
    {
        var text = new StringBuilder()
            .Append("{\n")
            .Append($"  \"format\": {Format},\n")
            .Append($"  \"ring\": {Quoted(ring.Ring)},\n")
            .Append($"  \"layers\": {ring.Layers.Count},\n")
            .Append($"  \"rows_since\": {ring.RowsSince},\n")
            .Append("  \"epochs\": [\n");
        foreach (var epoch in ring.Epochs.Reverse())
            Append(text, epoch).Append(epoch.Number == ring.Epochs[0].Number ? "\n" : ",\n");
        return text.Append("  ]\n}\n").ToString();
    }

    /// <summary>Reads the file's text, and believes nothing: every layer must have exactly one listed shard.</summary>
    /// <exception cref="RingLockFormatException">The text is not a lock file; the message says where and why.</exception>
    public static RingLock Parse(string text) => RingLockReader.Read(text);

    private static StringBuilder Append(StringBuilder text, RingEpoch epoch)
    {
        text.Append("    {\n")
            .Append($"      \"epoch\": {epoch.Number},\n")
            .Append($"      \"at\": \"{epoch.At.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture)}\",\n")
            .Append($"      \"by\": {Quoted(epoch.By)},\n")
            .Append($"      \"why\": {Quoted(epoch.Why)},\n")
            .Append("      \"shards\": [\n");
        for (var i = 0; i < epoch.Shards.Length; i++)
        {
            var (shard, weight) = epoch.Shards[i];
            var layers = string.Join(", ", epoch.Assignment.LayersOf(shard));
            text.Append($"        {{ \"shard\": {shard}, \"weight\": {weight}, \"layers\": [{layers}] }}")
                .Append(i == epoch.Shards.Length - 1 ? "\n" : ",\n");
        }

        return text.Append("      ]\n    }");
    }

    // Relaxed: the file is read by people, and names may be in any language.
    private static string Quoted(string value) =>
        $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
