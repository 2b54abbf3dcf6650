using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Millrace.Bench.Extract;

/// <summary>What the measured events look like: the properties of a web analytics event, 40 keys and about 1.85 KB.</summary>
/// <param name="Name">The word in the report.</param>
/// <param name="Nested">Some properties are objects and arrays of objects.</param>
/// <param name="Nulls">How many properties of every event are null.</param>
/// <param name="Escapes">Every event has a string with escaped quotes.</param>
public sealed record EventShape(string Name, bool Nested = false, int Nulls = 0, bool Escapes = false)
{
    private static readonly string[] Texts =
    [
        "$browser", "$browser_version", "$os", "$os_version", "$device_type", "$current_url", "$host", "$pathname", "$referrer",
        "$referring_domain", "$lib", "$lib_version", "$insert_id", "distinct_id", "$device_id", "$session_id", "$window_id",
        "$pageview_id", "$raw_user_agent", "$timezone", "$locale", "token", "$ip", "$geoip_city_name", "$geoip_country_code",
        "utm_source", "utm_campaign", "gclid", "plan", "$active_feature_flags",
    ];

    private static readonly string[] Numbers =
    [
        "$screen_height", "$screen_width", "$viewport_height", "$viewport_width", "$time", "$geoip_latitude", "$geoip_longitude",
        "$duration", "price",
    ];

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The 40 keys, texts and numbers mixed.</summary>
    public static IReadOnlyList<string> Keys { get; } = Mix();

    /// <summary>The properties to extract: up to 40 spread evenly over the event, and beyond that ones that it does not have.</summary>
    public static IReadOnlyList<string> Extracted(int columns) => columns <= Keys.Count
        ? [.. Enumerable.Range(0, columns).Select(i => Keys[i * Keys.Count / columns])]
        : [.. Keys, .. Enumerable.Range(Keys.Count, columns - Keys.Count).Select(i => $"custom_property_{i}")];

    /// <summary>Events as JSON texts, the same ones every time.</summary>
    public IEnumerable<string> Events(int count)
    {
        var random = new Random(20260101);
        for (var i = 0; i < count; i++)
            yield return Event(random).ToJsonString(Compact);
    }

    private JsonObject Event(Random random)
    {
        var properties = new JsonObject();
        foreach (var key in Keys)
            properties[key] = Value(key, random);
        if (Nested)
            Nest(properties, random);
        foreach (var key in Texts.Skip(3).Take(Nulls))
            properties[key] = null;
        if (Escapes)
            properties["$pathname"] = $"/search?q=\"{Hex(random, 8)}\"";
        return properties;
    }

    private static JsonNode Value(string key, Random random) => key switch
    {
        "$is_identified" => random.Next(2) == 0,
        "$time" => Math.Round(1.7e9 + random.NextDouble() * 1e7, 3),
        _ when key.EndsWith("itude", StringComparison.Ordinal) => Math.Round(random.NextDouble() * 90, 4),
        "$duration" => Math.Round(random.NextDouble() * 100, 3),
        _ when Numbers.Contains(key) => random.Next(300, 2560),
        "$current_url" => $"https://app.example.com/project/{random.Next(99999)}/insights/{Hex(random, 8)}?dashboard={random.Next(999)}&tab=details&utm_source=newsletter&utm_medium=email&utm_term={Hex(random, 12)}",
        "$referrer" => $"https://www.google.com/search?q={Hex(random, 24)}&client=firefox-b-d&sourceid={Hex(random, 8)}",
        "$raw_user_agent" => "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
        "$active_feature_flags" => $"onboarding-{Hex(random, 12)},new-navigation,insights-v2,session-replay-sampling,beta-{Hex(random, 24)},checkout-{Hex(random, 24)},pricing-page-{Hex(random, 24)}",
        _ when key.EndsWith("version", StringComparison.Ordinal) => $"{random.Next(1, 130)}.{random.Next(10)}.{random.Next(300)}",
        _ when key.EndsWith("_id", StringComparison.Ordinal) => $"{Hex(random, 8)}-{Hex(random, 4)}-{Hex(random, 4)}-{Hex(random, 12)}-{Hex(random, 24)}",
        "gclid" => Hex(random, 64),
        "token" => $"phc_{Hex(random, 40)}",
        "$ip" => $"{random.Next(1, 255)}.{random.Next(255)}.{random.Next(255)}.{random.Next(1, 255)}",
        "$geoip_city_name" => random.Next(2) == 0 ? "Zürich" : "New York",
        "utm_campaign" => $"spring sale {random.Next(50)}, everything must go",
        "$host" or "$referring_domain" => "www.example.com",
        "$timezone" => "Europe/Berlin",
        _ => new[] { "Chrome", "Safari", "Mac OS X", "web", "en-US" }[random.Next(5)],
    };

    private static void Nest(JsonObject properties, Random random)
    {
        properties["$active_feature_flags"] = new JsonArray([.. Enumerable.Range(0, 6).Select(_ => JsonValue.Create($"flag-{random.Next(99)}"))]);
        properties["gclid"] = new JsonObject { ["family"] = "Chrome", ["major"] = 126, ["mobile"] = false };
        properties["$pageview_id"] = new JsonArray([.. Enumerable.Range(0, 2).Select(_ => Element(random))]);
        properties["plan"] = new JsonObject
        {
            ["email"] = $"user{random.Next(1_000_000)}@example.com", ["seats"] = random.Next(50),
            ["flags"] = new JsonObject { ["a"] = true, ["b"] = false, ["tier"] = random.Next(4) },
        };
    }

    private static JsonObject Element(Random random) => new()
    {
        ["tag_name"] = "button", ["nth_child"] = random.Next(9), ["attr"] = new JsonObject { ["class"] = "btn primary", ["id"] = Hex(random, 6) },
    };

    private static string Hex(Random random, int length) =>
        string.Create(length, random, (span, r) =>
        {
            foreach (ref var c in span)
                c = "0123456789abcdef"[r.Next(16)];
        });

    private static string[] Mix()
    {
        var keys = Texts.ToList();
        for (var i = 0; i < Numbers.Length; i++)
            keys.Insert(2 + (i * 4), Numbers[i]);
        keys.Insert(20, "$is_identified");
        return [.. keys];
    }
}
