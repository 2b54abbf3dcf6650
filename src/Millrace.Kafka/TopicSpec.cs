using System.Globalization;
using Millrace.Engine;

namespace Millrace.Kafka;

/// <summary>A topic to create on the development broker, written <c>NAME:PARTITIONS</c>.</summary>
public sealed record TopicSpec(string Name, int Partitions)
{
    /// <exception cref="UserErrorException">The text is not of that form.</exception>
    public static TopicSpec Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partitions)
            && partitions > 0)
            return new TopicSpec(text[..colon], partitions);
        throw new UserErrorException($"a topic is written NAME:PARTITIONS, such as events:8; got `{text}`.");
    }

    public override string ToString() => $"{Name}:{Partitions}";
}
