namespace Millrace.Core.Shapes;

/// <summary>A column as <c>system.columns</c> tells it; every text is the server's canonical form.</summary>
/// <param name="DefaultKind"><c>DEFAULT</c>, <c>MATERIALIZED</c>, <c>ALIAS</c>, <c>EPHEMERAL</c> or empty.</param>
/// <param name="Codec">Such as <c>CODEC(ZSTD(3))</c>, or empty.</param>
public sealed record ColumnShape(
    string Name,
    string Type,
    string DefaultKind = "",
    string DefaultExpression = "",
    string Codec = "",
    string Comment = "");
