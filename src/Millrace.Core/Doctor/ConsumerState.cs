using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Doctor;

/// <summary>One Kafka consumer of one node, as <c>system.kafka_consumers</c> tells it. Times are null for "never".</summary>
/// <param name="Partitions">Partitions that the group has assigned to it.</param>
/// <param name="Rebalances">Times that its partitions were taken from it again since it exists; a first assignment is none.</param>
/// <param name="Lag">Messages it has yet to read, by librdkafka's own statistics.</param>
/// <param name="Errors">Exceptions that the server remembers, at most the last ten, in no order.</param>
public sealed record ConsumerState(
    ObjectName Table,
    string Id,
    int Partitions,
    DateTimeOffset? LastPoll,
    DateTimeOffset? LastCommit,
    DateTimeOffset? LastRebalance,
    long Rebalances,
    long Lag,
    ImmutableArray<ConsumerError> Errors);
