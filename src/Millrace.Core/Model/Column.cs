namespace Millrace.Core.Model;

/// <summary>A message column. Codec and comment apply where it is stored.</summary>
public sealed record Column(string Name, string Type, string? Codec = null, string? Comment = null);
