namespace Millrace.Core.Observed;

/// <summary>How observing a node ended. Only <see cref="Ok"/> says anything about what the node holds.</summary>
public enum NodeState
{
    Ok,

    /// <summary>No usable answer: what the node holds is unknown, not absent.</summary>
    Unreachable,

    /// <summary>The server answered, but would not tell: wrong password, missing grants, an answer that cannot be read.</summary>
    Refused,
}
