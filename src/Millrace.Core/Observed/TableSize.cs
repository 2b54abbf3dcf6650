namespace Millrace.Core.Observed;

/// <summary>What a table holds on one node.</summary>
/// <param name="Bytes">Compressed size on disk.</param>
public sealed record TableSize(long Rows, long Bytes);
