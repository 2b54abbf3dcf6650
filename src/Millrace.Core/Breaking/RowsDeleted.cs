using Millrace.Core.Findings;

namespace Millrace.Core.Breaking;

/// <summary>A statement that takes stored rows out of a table.</summary>
/// <param name="Table">The table's identity.</param>
/// <param name="Column">The column whose values it takes; null when it takes rows.</param>
public sealed record RowsDeleted(string Table, string? Column, SourceRef At)
{
    /// <summary>True for <c>TRUNCATE DATABASE</c>, which drops the tables as well.</summary>
    public bool OfDatabase { get; init; }
}
