namespace Millrace.Core.Model;

/// <summary>A column of an upsert.</summary>
public sealed record UpdatedColumn(string Name, UpdateRule Rule);
