using Millrace.Core.Shapes;

namespace Millrace.Core.Backfill;

/// <summary>A Kafka table that feeds a source of a backfill: what is detached while consumers pause.</summary>
public sealed record BackfillConsumer(string Node, ObjectName Table);
