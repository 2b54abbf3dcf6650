namespace Millrace.Core.Planning;

/// <summary>A node that could not be observed, and what happened instead.</summary>
/// <param name="Refused">It answered, but would not tell: a wrong password, missing grants.</param>
public sealed record SilentNode(string Node, string Role, string Reason, bool Refused = false);
