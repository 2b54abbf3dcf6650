namespace Millrace.Core.Lineage;

/// <param name="Computed"><c>DEFAULT</c>, <c>MATERIALIZED</c>, <c>ALIAS</c>, <c>EPHEMERAL</c> or empty.</param>
public sealed record LineageColumn(string Name, string Type, string Computed = "");
