using Millrace.Core.Model;

namespace Millrace.Core.Legs;

/// <summary>One leg over a short interval, as its broker and its consumers tell it.</summary>
/// <param name="Before">At the beginning of the interval.</param>
/// <param name="Now">At its end.</param>
/// <param name="Interval">Between the two.</param>
/// <param name="Consumers">Consumers that the declaration asks for, on all nodes.</param>
/// <param name="Assigned">Consumers that hold at least one partition.</param>
/// <param name="LastError">What a consumer complained about last, after it last committed; empty for nothing.</param>
public sealed record LegProgress(
    string Pipeline,
    Leg Leg,
    TopicProgress Before,
    TopicProgress Now,
    TimeSpan Interval,
    int Consumers,
    int Assigned,
    string LastError = "")
{
    /// <summary>Messages a second that producers wrote.</summary>
    public double WrittenPerSecond => PerSecond(Now.Written - Before.Written);

    /// <summary>Messages a second whose rows were stored.</summary>
    public double ReadPerSecond => PerSecond(Now.Read - Before.Read);

    /// <summary>Where a partition stood at the beginning; null when it was not known.</summary>
    public PartitionProgress? Then(int partition) => Before.Partitions.FirstOrDefault(p => p.Partition == partition);

    private double PerSecond(long messages) =>
        Before.IsKnown && Now.IsKnown && Interval > TimeSpan.Zero ? Math.Max(0, messages / Interval.TotalSeconds) : 0;
}
