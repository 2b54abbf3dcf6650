using System.Text.Encodings.Web;
using System.Text.Json;

namespace Millrace.Bench.Streaming;

/// <summary>Product-analytics events of about 690 bytes: five columns and, as JSON in a string, properties. Always the same.</summary>
public static class EventSource
{
    private static readonly string[] Events = ["$pageview", "$autocapture", "$identify", "signed up", "invoice paid"];
    private static readonly string[] Browsers = ["Chrome", "Safari", "Firefox", "Microsoft Edge"];
    private static readonly string[] Systems = ["Windows", "Mac OS X", "Android", "iOS", "Linux"];
    private static readonly string[] Countries = ["US", "DE", "GB", "FR", "IN", "BR", "JP", "CZ"];
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Event number <paramref name="i"/> as one JSON message.</summary>
    public static byte[] Message(int i)
    {
        var mixed = unchecked((uint)i * 2654435761);
        return JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["uuid"] = $"0193a6f0-{i >> 16:x4}-7000-8000-{i:x12}",
                ["event"] = Events[mixed % 5],
                ["team_id"] = mixed % 300,
                ["distinct_id"] = $"0192c1d4-55aa-7bb1-8f00-{User(mixed):x12}",
                ["timestamp"] = $"{Start.AddMilliseconds(i * 20L):yyyy-MM-dd HH:mm:ss.ffffff}",
                ["properties"] = JsonSerializer.Serialize(Properties(mixed), Json),
            },
            Json);
    }

    private static uint User(uint mixed) => mixed % 40_000;

    private static Dictionary<string, object> Properties(uint mixed) => new(StringComparer.Ordinal)
    {
        ["$browser"] = Browsers[mixed % 4],
        ["$os"] = Systems[mixed % 5],
        ["$device_type"] = "Desktop",
        ["$current_url"] = $"https://app.example.com/project/{User(mixed) % 900}/insights/{mixed:x8}?tab=trends",
        ["$host"] = "app.example.com",
        ["$pathname"] = $"/project/{User(mixed) % 900}/insights",
        ["$ip"] = $"203.0.{mixed % 113}.{mixed % 250}",
        ["$referrer"] = $"https://www.example.org/search?q={mixed % 5000}",
        ["$geoip_country_code"] = Countries[mixed % 8],
        ["$session_id"] = $"0193a6f0-7c1e-7f6a-9d3e-{mixed:x12}",
        ["$screen_width"] = 1024 + mixed % 900,
        ["$duration"] = mixed % 90_000 / 1000.0,
        ["$lib"] = "web",
        ["$lib_version"] = $"1.194.{mixed % 7}",
    };
}
