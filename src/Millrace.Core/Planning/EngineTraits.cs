namespace Millrace.Core.Planning;

/// <summary>What the planner must know of an engine.</summary>
internal static class EngineTraits
{
    public static bool IsMergeTree(string engine) => engine.EndsWith("MergeTree", StringComparison.Ordinal);

    /// <summary>
    /// Engines that keep nothing of their own: dropping and creating one anew loses no row. Everything else counts as
    /// holding rows, known or not.
    /// </summary>
    public static bool HoldsNothing(string engine) => engine is
        "Distributed" or "Kafka" or "MaterializedView" or "View" or "Null" or "Merge" or "Dictionary"
        or "PostgreSQL" or "MySQL" or "MongoDB" or "URL" or "S3" or "RabbitMQ" or "NATS";
}
