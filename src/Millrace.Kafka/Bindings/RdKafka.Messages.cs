using System.Runtime.InteropServices;

namespace Millrace.Kafka.Bindings;

/// <summary>librdkafka: producing and consuming.</summary>
internal static unsafe partial class RdKafka
{
    /// <summary>The producer's queue is full: poll and try again.</summary>
    internal const int QueueFull = -184;

    /// <summary>No error, but the end of a partition.</summary>
    internal const int PartitionEnd = -191;

    [LibraryImport(Name, EntryPoint = "rd_kafka_produceva")]
    internal static partial nint Produce(RdKafkaHandle client, RdProduceField* fields, nuint count);

    [LibraryImport(Name, EntryPoint = "rd_kafka_error_code")]
    internal static partial int ErrorCode(nint error);

    [LibraryImport(Name, EntryPoint = "rd_kafka_error_destroy")]
    internal static partial void DestroyError(nint error);

    [LibraryImport(Name, EntryPoint = "rd_kafka_flush")]
    internal static partial int Flush(RdKafkaHandle client, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_name")]
    internal static partial nint TopicName(nint topic);

    [LibraryImport(Name, EntryPoint = "rd_kafka_poll_set_consumer")]
    internal static partial int PollAsConsumer(RdKafkaHandle client);

    [LibraryImport(Name, EntryPoint = "rd_kafka_subscribe")]
    internal static partial int Subscribe(RdKafkaHandle client, RdTopicPartitionList* topics);

    [LibraryImport(Name, EntryPoint = "rd_kafka_consumer_poll")]
    internal static partial RdMessage* ConsumerPoll(RdKafkaHandle client, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "rd_kafka_assign")]
    internal static partial int Assign(RdKafkaHandle client, RdTopicPartitionList* partitions);

    /// <summary>Milliseconds since 1970; negative when the message has no timestamp.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_message_timestamp")]
    internal static partial long MessageTimestamp(RdMessage* message, out int kind);

    [LibraryImport(Name, EntryPoint = "rd_kafka_message_destroy")]
    internal static partial void DestroyMessage(RdMessage* message);

    [LibraryImport(Name, EntryPoint = "rd_kafka_message_headers")]
    internal static partial int Headers(RdMessage* message, out nint headers);

    [LibraryImport(Name, EntryPoint = "rd_kafka_header_get_all")]
    internal static partial int Header(nint headers, nuint index, out nint name, out nint value, out nuint size);

    [LibraryImport(Name, EntryPoint = "rd_kafka_commit")]
    internal static partial int Commit(RdKafkaHandle client, RdTopicPartitionList* offsets, int asynchronous);

    [LibraryImport(Name, EntryPoint = "rd_kafka_consumer_close")]
    internal static partial int CloseConsumer(RdKafkaHandle client);
}
