using System.Collections.Immutable;

namespace Millrace.Engine.Nodes;

/// <summary>Engines of tables that consume as soon as a view is attached to them, and insert without a statement of their own.</summary>
internal static class StreamEngines
{
    public static ImmutableArray<string> All { get; } = ["Kafka", "RabbitMQ", "NATS", "FileLog", "S3Queue", "AzureQueue"];
}
