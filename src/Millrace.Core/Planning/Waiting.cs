namespace Millrace.Core.Planning;

/// <summary>Changes that wait: writing to a storage node that lacks them would block the whole stream.</summary>
public sealed record Waiting(string Owner, string Node);
