using Millrace.Core.Shapes;

namespace Millrace.Engine.Status;

/// <summary>Messages of the last hour that did not parse and were kept.</summary>
/// <param name="ReadTable">The table to query for them.</param>
/// <param name="IsComplete">False when a shard did not answer, so that there may be more.</param>
public sealed record ErrorTableStatus(ObjectName ReadTable, long LastHour, bool IsComplete);
