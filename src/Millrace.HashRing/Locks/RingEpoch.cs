using System.Collections.Immutable;

namespace Millrace.HashRing;

/// <summary>One state of a ring, from the moment it was applied until the next epoch.</summary>
public sealed record RingEpoch
{
    /// <summary>Counts from 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>When it was planned; kept to the second, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who planned it.</summary>
    public required string By { get; init; }

    /// <summary>Why, in the author's words.</summary>
    public required string Why { get; init; }

    /// <summary>The shards and their weights, in the cluster's order.</summary>
    public required ImmutableArray<ShardWeight> Shards { get; init; }

    /// <summary>Which shard holds which layer.</summary>
    public required Assignment Assignment { get; init; }
}
