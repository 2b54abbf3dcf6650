namespace Millrace.Core.Planning;

/// <summary>A node that could not be observed, and what happened instead.</summary>
public sealed record SilentNode(string Node, string Role, string Reason);
