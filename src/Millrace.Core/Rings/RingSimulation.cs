using System.Collections.Immutable;
using Millrace.HashRing;

namespace Millrace.Core.Rings;

/// <summary>How a workload spreads by one key, and how it would after hot layers swapped places with cold ones.</summary>
/// <param name="Key">The key, for people.</param>
/// <param name="Load">The workload on the ring as it is.</param>
/// <param name="Moves">The layers that levelling would move.</param>
/// <param name="Levelled">The workload after that.</param>
public sealed record RingSimulation(string Key, RingLoad Load, ImmutableArray<LayerMove> Moves, RingLoad Levelled)
{
    /// <summary>Each swap moves two layers, whose old rows then lie elsewhere: few are worth it.</summary>
    private const int MostSwaps = 8;

    public static RingSimulation Of(string key, Assignment assignment, IReadOnlyList<ShardWeight> shards, RingLoad load)
    {
        var proposed = LoadLeveling.Propose(assignment, shards, load.Layers, MostSwaps);
        return new RingSimulation(key, load, assignment.MovesTo(proposed), load.On(proposed, shards));
    }
}
