namespace Millrace.Engine.Nodes;

/// <summary>No usable answer came from the node: it is unreachable, which says nothing about what it holds.</summary>
/// <param name="mayHaveRun">True when the request may have reached the server before the connection broke.</param>
public sealed class NodeUnreachableException(string message, bool mayHaveRun, Exception? inner = null)
    : Exception(message, inner)
{
    public bool MayHaveRun { get; } = mayHaveRun;
}
