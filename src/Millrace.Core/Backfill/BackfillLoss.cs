using Millrace.Core.Shapes;

namespace Millrace.Core.Backfill;

/// <summary>Keys of a rollup that it would not have any more, because its source has no rows of them.</summary>
/// <param name="Example">One of them.</param>
public sealed record BackfillLoss(string Node, ObjectName Target, string Partition, long Keys, string Example);
