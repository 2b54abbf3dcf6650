using Millrace.HashRing;

namespace Millrace.Bench.Ring;

/// <summary>How many layers a change moves, against the fewest that any balanced assignment must move.</summary>
public static class MoveBench
{
    private const int MostShards = 64;

    private static readonly int[] LayerCounts = [32, 64, 256, 1024, 4096];

    /// <summary>The worst ratio over all changes; 1 means that no change moved a layer too many.</summary>
    public static double Run(TextWriter report, CancellationToken cancel)
    {
        report.WriteLine("Layers moved when N shards become N + 1, and back (N = 1 to 64), and when one shard's weight doubles");
        report.WriteLine($"{"layers",8} {"changes",8} {"moved",9} {"fewest",9} {"worst ratio",12} {"unbalanced",11}");
        var worst = 0.0;
        foreach (var count in LayerCounts)
        {
            cancel.ThrowIfCancellationRequested();
            var changes = Changes(new VirtualLayers(count)).ToList();
            var ratio = changes.Max(c => c.Moved == c.Fewest ? 1 : (double)c.Moved / c.Fewest);
            worst = Math.Max(worst, ratio);
            report.WriteLine(
                $"{count,8} {changes.Count,8} {changes.Sum(c => c.Moved),9} {changes.Sum(c => c.Fewest),9} {ratio,12:0.000}"
                + $" {changes.Count(c => !c.Balanced),11}");
        }

        report.WriteLine();
        return worst;
    }

    private static IEnumerable<Change> Changes(VirtualLayers layers)
    {
        var assignment = Rebalance.First(layers, Shards(1));
        for (var n = 1; n <= MostShards; n++)
        {
            var grown = Apply(assignment, Shards(n + 1));
            yield return grown;
            yield return Apply(grown.After, Shards(n));
            yield return Apply(assignment, [new ShardWeight(1, 2), .. Shards(n).Skip(1)]);
            assignment = grown.After;
        }
    }

    private static Change Apply(Assignment before, ShardWeight[] shards)
    {
        var after = Rebalance.Next(before, shards);
        return new Change(
            after,
            before.MovesTo(after).Length,
            Rebalance.FewestMoves(before, shards),
            Rebalance.IsBalanced(after, shards));
    }

    private static ShardWeight[] Shards(int count) => [.. Enumerable.Range(1, count).Select(n => new ShardWeight(n))];

    private sealed record Change(Assignment After, int Moved, int Fewest, bool Balanced);
}
