using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>One difference between a table's columns as declared and as observed.</summary>
public abstract record ColumnChange(string Column)
{
    /// <summary>Declared, not there.</summary>
    /// <param name="After">The column it follows; null: it is the first.</param>
    public sealed record Added(ColumnShape Declared, string? After) : ColumnChange(Declared.Name);

    /// <summary>There, not declared.</summary>
    public sealed record Removed(ColumnShape Observed) : ColumnChange(Observed.Name);

    /// <summary>There with another type, default, codec or comment.</summary>
    public sealed record Altered(ColumnShape Declared, ColumnShape Observed) : ColumnChange(Declared.Name);

    /// <summary>There at another place.</summary>
    public sealed record Moved(ColumnShape Declared, string? After) : ColumnChange(Declared.Name);
}
