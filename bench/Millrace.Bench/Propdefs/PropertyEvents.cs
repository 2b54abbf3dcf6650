using System.Text;

namespace Millrace.Bench.Propdefs;

/// <summary>
/// Events whose properties are to be defined: 20 projects, of which one sends four in ten, with ten event names each and
/// eight of twelve properties in every event. Always the same.
/// </summary>
internal static class PropertyEvents
{
    public const int PropertiesEach = 8;

    private const int Projects = 20, Names = 10, Properties = 12;

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Values = ["\\\"Chrome\\\"", "12", "true", "1.5"];

    /// <summary>Event number <paramref name="i"/> as one JSON message.</summary>
    public static byte[] Message(int i)
    {
        var mixed = unchecked((uint)i * 2654435761) >> 8;
        var project = mixed % 10 < 4 ? 0 : mixed / 10 % Projects;
        var properties = Enumerable.Range((int)(mixed / 1000 % Properties), PropertiesEach)
            .Select(n => n % Properties)
            .Select(n => $"\\\"$property_{n}\\\":{Values[n % Values.Length]}");
        return Encoding.UTF8.GetBytes(
            $$"""{"project_id":{{project}},"event":"event_{{mixed / 7 % Names}}","timestamp":"{{Start.AddMilliseconds(i * 10L):yyyy-MM-dd HH:mm:ss.ffffff}}","properties":"{{{string.Join(',', properties)}}}"}""");
    }
}
