namespace Millrace.Core.Model;

/// <summary>A column that only the data table has: filled by the server from others.</summary>
/// <param name="Kind">How the server fills it.</param>
public sealed record StoredColumn(string Name, string Type, StoredColumnKind Kind, string Expression, string? Codec = null);
