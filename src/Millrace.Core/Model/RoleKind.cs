namespace Millrace.Core.Model;

/// <summary>What the nodes of a role are for.</summary>
public enum RoleKind
{
    /// <summary>Holds the rows.</summary>
    Storage,

    /// <summary>Stateless: consumes Kafka and inserts into storage.</summary>
    Ingestion,

    /// <summary>Stateless: takes queries through Distributed tables.</summary>
    Query,
}
