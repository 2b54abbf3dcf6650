namespace Millrace.Core.Lineage;

/// <summary>A column goes into another one.</summary>
/// <param name="FromColumn">Empty when the whole of it is meant.</param>
/// <param name="ToColumn">Empty when it decides about whole rows.</param>
public sealed record ColumnEdge(string From, string FromColumn, string To, string ToColumn, EdgeKind Kind);
