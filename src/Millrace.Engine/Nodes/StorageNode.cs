namespace Millrace.Engine.Nodes;

/// <summary>A node that keeps rows, and a connection to it.</summary>
public sealed record StorageNode(string Name, INodeConnection Connection);
