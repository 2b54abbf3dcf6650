namespace Millrace.Engine.Status;

/// <summary>The consumers of one Kafka table on one node.</summary>
/// <param name="Existing">Consumers that the server has created.</param>
/// <param name="Assigned">Of those, the ones that hold at least one partition.</param>
/// <param name="RowsRead">Messages read since the consumers were created.</param>
/// <param name="LastPoll">Null when there was none: nothing reads the table, or it is new.</param>
/// <param name="Rebalances">Assignments and revocations since the consumers were created.</param>
/// <param name="MeasuredPartitions">Partitions whose lag is known.</param>
/// <param name="Lag">Messages not committed, in the measured partitions, when the consumers last told.</param>
/// <param name="MeasuredAgo">How long ago that was, of the consumer with partitions that has been silent longest.</param>
/// <param name="LastError">The latest exception that its consumer has committed nothing after; null when there is none.</param>
public sealed record LegOnNode(
    string Node,
    int Existing,
    int Assigned,
    int Partitions,
    long RowsRead,
    DateTimeOffset? LastPoll,
    DateTimeOffset? LastCommit,
    long Rebalances,
    int MeasuredPartitions,
    long Lag,
    TimeSpan MeasuredAgo,
    LegError? LastError);
