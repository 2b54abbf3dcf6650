namespace Millrace.Core.Model;

/// <summary>A column of a rollup and the expression over its source that fills it.</summary>
public sealed record RollupColumn(string Name, string Expression);
