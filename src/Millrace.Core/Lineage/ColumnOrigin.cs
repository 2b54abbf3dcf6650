using Millrace.Core.Shapes;

namespace Millrace.Core.Lineage;

/// <summary>One column that a definition reads, and what becomes of it.</summary>
/// <param name="Output">The column that it goes into; empty when it decides about whole rows (WHERE, ON, GROUP BY, IN).</param>
/// <param name="Source">The table, view or dictionary that is read.</param>
/// <param name="Column">As the query names it, subcolumns included; empty when the whole source is meant.</param>
public sealed record ColumnOrigin(string Output, ObjectName Source, string Column, EdgeKind Kind);
