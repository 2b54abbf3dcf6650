namespace Millrace.Core.Doctor;

/// <summary>From where on something is worth a finding.</summary>
public sealed record DoctorLimits
{
    /// <summary>A consumer polls and commits every few seconds; flushes take at most some multiples of 7.5 s.</summary>
    public TimeSpan StaleConsumer { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Exceptions that are older are history.</summary>
    public TimeSpan RecentError { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A group that settles rebalances a few times and then no more.</summary>
    public double RebalancesPerHour { get; init; } = 6;

    /// <summary>Fewer than this are no pattern.</summary>
    public int LeastRebalances { get; init; } = 3;

    /// <summary>Longer than a group takes to share out its partitions and to commit the first block after that.</summary>
    public TimeSpan RebalanceSettles { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan RecentRebalance { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A server that has just started joins its groups anew, and so may the others that were started with it.</summary>
    public TimeSpan GroupsSettle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Share of <c>parts_to_delay_insert</c>.</summary>
    public double PartsPressure { get; init; } = 0.5;

    /// <summary>Rows on a shard of a ring over its fair share.</summary>
    public double RingImbalance { get; init; } = 1.5;

    /// <summary>Fewer rows than this in a table say nothing about how its keys spread.</summary>
    public long RingRows { get; init; } = 100_000;

    /// <summary>Replicas of a busy table are seconds apart.</summary>
    public TimeSpan ReplicaDelay { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan LongMutation { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(2);
}
