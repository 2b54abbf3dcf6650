using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>A Kafka topic that the rows are produced to, each as one message with a key of its own.</summary>
public sealed record KafkaSink : Sink
{
    /// <summary>The broker, by its name in the fleet.</summary>
    public required string Broker { get; init; }

    public required string Topic { get; init; }

    /// <summary>Expression over the columns that becomes the message key: equal keys share a partition.</summary>
    public required string Key { get; init; }

    /// <summary>Message format, as ClickHouse names it.</summary>
    public string Format { get; init; } = "JSONEachRow";

    /// <summary>Schema of the messages, for formats that need one.</summary>
    public FormatSchema? Schema { get; init; }

    /// <summary>How a key finds its partition.</summary>
    public Partitioner Partitioner { get; init; }

    /// <summary>Further settings of the producer's table, such as those of the format.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Override of the generated name; null means the naming rule.</summary>
    public string? ProducerTable { get; init; }
}
