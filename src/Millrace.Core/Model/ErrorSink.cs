namespace Millrace.Core.Model;

/// <summary>The table that keeps messages that did not parse, with topic, partition and offset. Pipelines may share one.</summary>
/// <param name="KeepDays">Rows are deleted after this many days.</param>
public sealed record ErrorSink(string Table, string? Cluster = null, int KeepDays = 30);
