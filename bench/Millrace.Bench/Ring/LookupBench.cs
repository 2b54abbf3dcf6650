using System.Diagnostics;
using System.Text.Json.Nodes;
using Millrace.HashRing;

namespace Millrace.Bench.Ring;

/// <summary>Lookups a second on one thread, for keys of an Int64 and a short text.</summary>
public static class LookupBench
{
    private const int Shards = 16;

    private const int Rounds = 7;

    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Types = ["sent", "delivered", "opened", "clicked"];

    /// <summary>Whole lookups: hash the key, find its shard; and, with <c>_placement</c>, from a known hash.</summary>
    public static JsonObject Run(TextWriter report, CancellationToken cancel)
    {
        ShardWeight[] shards = [.. Enumerable.Range(1, Shards).Select(n => new ShardWeight(n))];
        var assignment = Rebalance.First(new VirtualLayers(256), shards);
        var points = new PointRing(Shards);
        (string Name, Func<int, int> Lookup)[] contenders =
        [
            ("millrace", i => assignment.ShardOf(Key(i))),
            ("jump", i => JumpHash.Bucket(Key(i).Hash, Shards)),
            ("ring160", i => points.ShardOf(Key(i).Hash)),
            ("millrace_placement", i => assignment.ShardOf(Mix(i))),
            ("jump_placement", i => JumpHash.Bucket(Mix(i), Shards)),
            ("ring160_placement", i => points.ShardOf(Mix(i))),
        ];
        report.WriteLine($"Lookups per second, one thread, {Shards} shards, key (Int64, String); placement: from a known hash");
        var best = new double[contenders.Length];
        for (var round = 0; round < Rounds; round++) // In turns, so that a busy moment of the machine hits all alike.
            for (var i = 0; i < contenders.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                best[i] = Math.Max(best[i], Measure(contenders[i].Lookup));
            }

        var figures = new JsonObject();
        for (var i = 0; i < contenders.Length; i++)
        {
            report.WriteLine($"{contenders[i].Name,-20} {best[i],14:N0}");
            figures[contenders[i].Name] = Math.Round(best[i]);
        }

        report.WriteLine();
        return figures;
    }

    private static RingKey Key(int i) => RingKey.Of.Int64(i).String(Types[i & 3]);

    /// <summary>A cheap stand-in for a hash that the caller already has.</summary>
    private static ulong Mix(int i)
    {
        var x = (ulong)i * 0x9e3779b97f4a7c15;
        return x ^ (x >> 32);
    }

    private static double Measure(Func<int, int> lookup)
    {
        int sum = 0, count = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < RoundLength)
            for (var end = count + 10_000; count < end; count++)
                sum += lookup(count);
        var perSecond = count / watch.Elapsed.TotalSeconds;

        // The sum is used, so that the lookups cannot be optimised away.
        return sum == int.MinValue ? 0 : perSecond;
    }
}
