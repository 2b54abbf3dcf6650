namespace Millrace.Engine.Nodes;

/// <summary>No usable answer came from the node: it is unreachable, which says nothing about what it holds.</summary>
/// <param name="mayHaveRun">True when the request may have reached the server before the connection broke.</param>
/// <param name="isTransient">True when the same request may get through in a moment.</param>
public sealed class NodeUnreachableException(
    string message, bool mayHaveRun, Exception? inner = null, bool isTransient = false)
    : Exception(message, inner)
{
    public bool MayHaveRun { get; } = mayHaveRun;

    public bool IsTransient { get; } = isTransient;
}
