namespace Millrace.Core.Lineage;

/// <summary>What a node of the graph is, as far as data is concerned.</summary>
public enum NodeKind
{
    /// <summary>A Kafka topic.</summary>
    Topic,

    /// <summary>A Kafka table: consumes, or produces when a view writes to it.</summary>
    Kafka,

    /// <summary>A materialized view that inserts trigger.</summary>
    View,

    /// <summary>A materialized view that is filled on a schedule.</summary>
    Refreshable,

    /// <summary>A plain view: a stored SELECT.</summary>
    Query,

    /// <summary>A table that keeps rows.</summary>
    Storage,

    /// <summary>Routes rows to, and reads them from, other servers.</summary>
    Distributed,

    /// <summary>Keeps rows in memory for a while before it hands them on.</summary>
    Buffer,

    /// <summary>Reads many tables as one.</summary>
    Merge,

    Dictionary,

    /// <summary>Keeps nothing: rows only pass it (Null).</summary>
    Pass,

    /// <summary>A table of another system: PostgreSQL, S3 and the like.</summary>
    Outside,
}
