using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>One source of a pipeline: broker, topic and consumer group, with its own Kafka table and view.</summary>
public sealed record Leg
{
    /// <summary>Name of the leg within its pipeline; the broker's name unless given.</summary>
    public required string Name { get; init; }

    public required string Broker { get; init; }

    public required string Topic { get; init; }

    public required string Group { get; init; }

    /// <summary>Message format, as ClickHouse names it.</summary>
    public string Format { get; init; } = "JSONEachRow";

    /// <summary>Schema of the messages, for formats that need one.</summary>
    public FormatSchema? Schema { get; init; }

    /// <summary>Consumers on each node of the role (<c>kafka_num_consumers</c>).</summary>
    public int Consumers { get; init; } = 1;

    /// <summary>Partitions of the topic, where declared; checks compare consumers with it.</summary>
    public int? Partitions { get; init; }

    /// <summary>Further settings of the Kafka table, by their full name (<c>kafka_flush_interval_ms</c>, format settings).</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Overrides of generated names; null means the naming rule.</summary>
    public string? KafkaTable { get; init; }

    public string? View { get; init; }

    public string? ErrorView { get; init; }
}
