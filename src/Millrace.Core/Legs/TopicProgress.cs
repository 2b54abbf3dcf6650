using System.Collections.Immutable;

namespace Millrace.Core.Legs;

/// <summary>What a broker says about one leg's topic and group at one time.</summary>
/// <param name="ClusterId">Equal for two names of one broker; null when it does not say.</param>
/// <param name="Trouble">Why nothing else is known; empty when it is.</param>
public sealed record TopicProgress(string? ClusterId, ImmutableArray<PartitionProgress> Partitions, string Trouble = "")
{
    public bool IsKnown => Trouble.Length == 0;

    public long Lag => Partitions.Sum(partition => partition.Lag);

    /// <summary>Messages ever written, as far as offsets count them.</summary>
    public long Written => Partitions.Sum(partition => partition.High);

    /// <summary>Messages that the group has read and whose rows are stored.</summary>
    public long Read => Partitions.Sum(partition => partition.Committed ?? 0);

    public static TopicProgress Unknown(string trouble) => new(null, [], trouble);
}
