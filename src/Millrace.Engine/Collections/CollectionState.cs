namespace Millrace.Engine.Collections;

/// <summary>How a named collection stands on a node.</summary>
public enum CollectionState
{
    /// <summary>The node does not have it.</summary>
    Missing,

    /// <summary>Created over SQL: it can be brought up to date from here.</summary>
    Sql,

    /// <summary>In the node's own configuration, where only its operator changes it.</summary>
    Config,

    /// <summary>The node could not be asked, or refused.</summary>
    Failed,

    /// <summary>Created just now.</summary>
    Created,

    /// <summary>Brought up to date just now.</summary>
    Updated,
}
