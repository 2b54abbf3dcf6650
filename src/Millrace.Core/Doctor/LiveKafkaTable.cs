using System.Collections.Immutable;
using System.Globalization;
using Millrace.Core.Compile;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Doctor;

/// <summary>A Kafka table as it is on a node, whoever made it.</summary>
public sealed record LiveKafkaTable(ObjectName Name, Mark? Mark, ImmutableSortedDictionary<string, string> Settings)
{
    public static LiveKafkaTable Read(ObjectShape shape) =>
        new(shape.Name, Mark.Read(shape.Comment), KafkaMeaning.Read(shape.EngineFull).ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>The named collection; null when the brokers are written in the table.</summary>
    public string? Collection => Settings.GetValueOrDefault("collection");

    public string BrokerList => Settings.GetValueOrDefault("kafka_broker_list", "");

    public ImmutableArray<string> Topics =>
        [.. Settings.GetValueOrDefault("kafka_topic_list", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    public string Group => Settings.GetValueOrDefault("kafka_group_name", "");

    public int Consumers =>
        int.TryParse(Settings.GetValueOrDefault("kafka_num_consumers"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1;

    public bool HasThreadPerConsumer => Settings.GetValueOrDefault("kafka_thread_per_consumer") is "1" or "true";

    /// <summary>Threads of the node's streaming pool that it takes.</summary>
    public int Threads => HasThreadPerConsumer ? Consumers : 1;
}
