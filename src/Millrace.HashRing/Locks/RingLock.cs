using System.Collections.Immutable;

namespace Millrace.HashRing;

/// <summary>
/// A ring as its users' repository keeps it: every assignment it ever had, with who, when and why. The text form is
/// <see cref="RingLockJson"/>.
/// </summary>
public sealed record RingLock
{
    /// <summary>The ring's name.</summary>
    public required string Ring { get; init; }

    /// <summary>All epochs, oldest first; never empty.</summary>
    public required ImmutableArray<RingEpoch> Epochs { get; init; }

    /// <summary>
    /// The oldest epoch whose placement stored rows may still follow; 0 when there are rows from before the ring that lie
    /// elsewhere. It advances when old rows were moved or have expired.
    /// </summary>
    public int RowsSince { get; init; } = 1;

    /// <summary>The ring's layers.</summary>
    public VirtualLayers Layers => Epochs[0].Assignment.Layers;

    /// <summary>The epoch in force.</summary>
    public RingEpoch Current => Epochs[^1];

    /// <summary>
    /// True when every stored row lies where the current assignment would put it, so that a query for one key may skip
    /// the other shards (<c>optimize_skip_unused_shards</c>) and still be right.
    /// </summary>
    public bool PruningIsTrue =>
        RowsSince > 0 && Epochs.Skip(RowsSince - 1).All(epoch => epoch.Assignment.Equals(Current.Assignment));

    /// <summary>A new ring in its first epoch.</summary>
    public static RingLock Begin(
        string ring, VirtualLayers layers, ImmutableArray<ShardWeight> shards, DateTimeOffset at, string by, string why) =>
        new()
        {
            Ring = ring,
            Epochs = [Epoch(1, shards, Rebalance.First(layers, shards), at, by, why)],
        };

    /// <summary>The ring after shards came, went or changed weight: one epoch more, with the fewest moves.</summary>
    public RingLock Next(ImmutableArray<ShardWeight> shards, DateTimeOffset at, string by, string why) =>
        Next(shards, Rebalance.Next(Current.Assignment, shards), at, by, why);

    /// <summary>The ring with an assignment chosen by the caller, such as one that separates hot layers.</summary>
    /// <exception cref="ArgumentException">The assignment has another number of layers, or uses a shard that is not listed.</exception>
    public RingLock Next(
        ImmutableArray<ShardWeight> shards, Assignment assignment, DateTimeOffset at, string by, string why)
    {
        _ = Current.Assignment.MovesTo(assignment);
        foreach (var shard in assignment.Counts().Keys)
            if (!shards.Any(s => s.Shard == shard))
                throw new ArgumentException($"The assignment uses shard {shard}, which is not listed.", nameof(assignment));
        return this with { Epochs = Epochs.Add(Epoch(Current.Number + 1, shards, assignment, at, by, why)) };
    }

    /// <summary>The ring once every row lies where the current epoch puts it: moved, or the older ones expired.</summary>
    public RingLock WithRowsInPlace() => this with { RowsSince = Current.Number };

    private static RingEpoch Epoch(
        int number, ImmutableArray<ShardWeight> shards, Assignment assignment, DateTimeOffset at, string by, string why) =>
        new() { Number = number, At = at, By = by, Why = why, Shards = shards, Assignment = assignment };
}
