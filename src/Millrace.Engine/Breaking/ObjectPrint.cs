namespace Millrace.Engine.Breaking;

/// <summary>By what it is known that an object changed, and whether it still is the same one.</summary>
internal sealed record ObjectPrint(string Hash, string Uuid);
