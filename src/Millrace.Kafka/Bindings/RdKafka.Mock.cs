using System.Runtime.InteropServices;

namespace Millrace.Kafka.Bindings;

/// <summary>librdkafka: the mock cluster, a broker in memory that speaks the real protocol.</summary>
internal static unsafe partial class RdKafka
{
    [LibraryImport(Name, EntryPoint = "rd_kafka_mock_cluster_new")]
    internal static partial nint NewMockCluster(RdKafkaHandle client, int brokers);

    [LibraryImport(Name, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    internal static partial void DestroyMockCluster(nint cluster);

    [LibraryImport(Name, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    internal static partial nint MockBootstraps(nint cluster);

    [LibraryImport(Name, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int CreateMockTopic(nint cluster, string topic, int partitions, int replicas);
}
