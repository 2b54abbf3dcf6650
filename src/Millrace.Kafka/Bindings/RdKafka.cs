using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Millrace.Kafka.Bindings;

/// <summary>librdkafka: configuration, life cycle, metadata and offsets. The library is found by <see cref="LibRdKafka"/>.</summary>
internal static unsafe partial class RdKafka
{
    internal const int Producer = 0;
    internal const int Consumer = 1;
    internal const int NoOffset = -1001;
    internal const int UnknownTopic = 3;
    internal const int TimedOut = -185;

    private const string Name = "rdkafka";

    static RdKafka() => NativeLibrary.SetDllImportResolver(typeof(RdKafka).Assembly, Resolve);

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_new")]
    internal static partial nint NewConfig();

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_destroy")]
    internal static partial void DestroyConfig(nint config);

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetConfig(nint config, string name, string value, byte* error, nuint errorSize);

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_set_opaque")]
    internal static partial void SetOpaque(nint config, nint opaque);

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_set_log_cb")]
    internal static partial void SetLogCallback(nint config, nint callback);

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_set_error_cb")]
    internal static partial void SetErrorCallback(nint config, delegate* unmanaged<nint, int, nint, nint, void> callback);

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_set_dr_msg_cb")]
    internal static partial void SetDeliveryCallback(nint config, delegate* unmanaged<nint, RdMessage*, nint, void> callback);

    /// <summary>Takes ownership of <paramref name="config"/> when it succeeds.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_new")]
    internal static partial RdKafkaHandle New(int kind, nint config, byte* error, nuint errorSize);

    [LibraryImport(Name, EntryPoint = "rd_kafka_destroy")]
    internal static partial void Destroy(nint client);

    [LibraryImport(Name, EntryPoint = "rd_kafka_poll")]
    internal static partial int Poll(RdKafkaHandle client, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "rd_kafka_clusterid")]
    internal static partial nint ClusterId(RdKafkaHandle client, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "rd_kafka_mem_free")]
    internal static partial void Free(RdKafkaHandle client, nint memory);

    [LibraryImport(Name, EntryPoint = "rd_kafka_metadata")]
    internal static partial int Metadata(RdKafkaHandle client, int allTopics, nint onlyTopic, out RdMetadata* metadata, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "rd_kafka_metadata_destroy")]
    internal static partial void DestroyMetadata(RdMetadata* metadata);

    [LibraryImport(Name, EntryPoint = "rd_kafka_query_watermark_offsets", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int QueryWatermarks(RdKafkaHandle client, string topic, int partition, out long low, out long high, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "rd_kafka_committed")]
    internal static partial int Committed(RdKafkaHandle client, RdTopicPartitionList* partitions, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_partition_list_new")]
    internal static partial RdTopicPartitionList* NewPartitionList(int capacity);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_partition_list_add", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial RdTopicPartition* AddPartition(RdTopicPartitionList* list, string topic, int partition);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_partition_list_destroy")]
    internal static partial void DestroyPartitionList(RdTopicPartitionList* list);

    [LibraryImport(Name, EntryPoint = "rd_kafka_err2str")]
    private static partial nint ErrorText(int code);

    [LibraryImport(Name, EntryPoint = "rd_kafka_err2name")]
    private static partial nint ErrorName(int code);

    /// <summary>The exception for a failed call; <paramref name="what"/> begins its sentence.</summary>
    internal static KafkaException Error(int code, string what, string? detail = null)
    {
        var text = Text(ErrorText(code));
        return new KafkaException(code, Text(ErrorName(code)), detail is null ? $"{what}: {text}" : $"{what}: {text} ({detail})");
    }

    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    internal static string Text(ReadOnlySpan<byte> zeroTerminated)
    {
        var end = zeroTerminated.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? zeroTerminated : zeroTerminated[..end]);
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path) =>
        library == Name ? LibRdKafka.Load() : 0;
}
