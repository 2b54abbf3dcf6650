namespace Millrace.Core.Model;

/// <summary>A column computed in the view. The type is declared, so that a server upgrade cannot change it silently.</summary>
public sealed record ComputedColumn(string Name, string Type, string Expression, string? Codec = null);
