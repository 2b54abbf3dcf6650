namespace Millrace.Core.Planning;

/// <summary>What a step can cost, from harmless to grave; the executor refuses what the user has not allowed.</summary>
public enum Risk
{
    /// <summary>Metadata only; nothing stops and no stored byte changes.</summary>
    Safe,

    /// <summary>Consumption of a stream stops for a moment on one node at a time; offsets stay in the consumer group.</summary>
    Pauses,

    /// <summary>The server rewrites stored rows in the background.</summary>
    Rewrites,

    /// <summary>Stored rows or values are lost.</summary>
    Destroys,
}
