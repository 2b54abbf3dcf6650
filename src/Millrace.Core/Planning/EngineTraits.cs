using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>What the planner must know of an engine.</summary>
internal static class EngineTraits
{
    public static bool IsMergeTree(string engine) => engine.EndsWith("MergeTree", StringComparison.Ordinal);

    /// <summary>A table through which rows leave ClickHouse: a Kafka table with a key to produce by, or a Postgres table.</summary>
    public static bool IsDoor(ObjectShape shape) =>
        shape.Engine == "PostgreSQL" || (shape.Engine == "Kafka" && shape.Columns.Any(column => column.Name == "_key"));

    /// <summary>
    /// Objects that keep nothing of their own: dropping and creating one anew loses no row. Everything else counts as
    /// holding rows, known or not; a materialized view without a target keeps them in a hidden table of its own.
    /// </summary>
    public static bool HoldsNothing(ObjectShape shape) => shape.Engine switch
    {
        "MaterializedView" => shape.Target is not null,
        "Distributed" or "Kafka" or "View" or "Null" or "Merge" or "Dictionary"
            or "PostgreSQL" or "MySQL" or "MongoDB" or "URL" or "S3" or "RabbitMQ" or "NATS" => true,
        _ => false,
    };
}
