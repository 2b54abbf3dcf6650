using System.Text.Json.Nodes;
using Millrace.Core.Rings;
using Millrace.HashRing;

namespace Millrace.Bench.Ring;

/// <summary>Load per shard, hottest over mean, for several sharding keys.</summary>
public static class SpreadBench
{
    private const int FlushRows = 100_000;

    private static readonly (int Layers, int Shards)[] Rings = [(32, 8), (1024, 8), (1024, 64)];

    /// <summary>Max over mean by key, of the first workload on the default ring.</summary>
    public static JsonObject Run(TextWriter report, CancellationToken cancel)
    {
        var figures = new JsonObject();
        foreach (var (layers, count) in Rings)
        {
            ShardWeight[] shards = [.. Enumerable.Range(1, count).Select(n => new ShardWeight(n))];
            var assignment = Rebalance.First(new VirtualLayers(layers), shards);
            report.WriteLine($"Load per shard, {layers} layers on {count} shards; levelled: after at most 8 swaps of layers");
            report.WriteLine(
                $"{"workload",-22} {"key",-36} {"max/mean",9} {"p99/mean",9} {"levelled",9} {"parts/flush",12}");
            foreach (var workload in TenantWorkload.All)
            foreach (var key in TenantWorkload.Keys)
            {
                cancel.ThrowIfCancellationRequested();
                var load = RingLoad.Of(assignment, shards, workload.Loads(key));
                report.WriteLine(
                    $"{workload.Name,-22} {key.Name,-36} {load.MaxOverMean,9:0.00} {load.P99OverMean,9:0.00}"
                    + $" {Levelled(assignment, shards, load),9:0.00} {load.PartsPerFlush(FlushRows),12:0.0}");
                if (workload == TenantWorkload.All[0] && (layers, count) == Rings[0])
                    figures[key.Name] = Math.Round(load.MaxOverMean, 3);
            }

            report.WriteLine();
        }

        return figures;
    }

    private static double Levelled(Assignment assignment, ShardWeight[] shards, RingLoad load)
    {
        var proposed = LoadLeveling.Propose(assignment, shards, load.Layers, mostSwaps: 8);
        return load.On(proposed, shards).MaxOverMean;
    }
}
